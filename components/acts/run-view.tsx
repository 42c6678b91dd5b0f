'use client';

import type { ReactNode } from 'react';
import type { Run } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { useNow } from '../live/now';
import { Columns, Stack } from '../ui/page';
import { CopyTicket } from './copy-ticket';
import { NotMoved } from './not-moved';
import { RunDelivered } from './run-delivered';
import { RunEvents } from './run-events';
import { RunFacts } from './run-facts';
import { RunHead } from './run-head';
import { RunHosts } from './run-hosts';
import { RunMoves } from './run-moves';
import { RunResult } from './run-result';
import { useRun, useTabTitle } from './use-run';
import { tabTitle } from './words';

/** Places for what acts; without them the page only shows. */
export type RunSlots = {
  /** What can be done about the whole run, such as stopping it. */
  acts?: (run: Run) => ReactNode;
  /** What can be done about one move, such as aborting it; null for nothing. */
  moveAct?: (move: RunMove, run: Run) => ReactNode;
};

/** A plan while it runs, followed every few seconds; then what it delivered and left behind. */
export function RunView({ initial, rendered, slots = {} }: { initial: Run; rendered: number; slots?: RunSlots }) {
  const run = useRun(initial).data ?? initial;
  const now = useNow(rendered);
  useTabTitle(tabTitle(run));
  const { acts, moveAct } = slots;
  const isOver = run.phase === 'ended';
  const moves = <RunMoves run={run} now={now} act={moveAct && ((move) => moveAct(move, run))} />;
  return (
    <>
      <RunHead
        run={run}
        now={now}
        acts={
          acts || isOver ? (
            <>
              {isOver ? <CopyTicket run={run} /> : null}
              {acts?.(run)}
            </>
          ) : undefined
        }
      />
      {isOver ? <RunResult run={run} /> : null}
      <Columns wide="first">
        <Stack>
          {isOver ? <RunDelivered run={run} /> : null}
          {moves}
        </Stack>
        <Stack>
          {isOver ? <NotMoved moves={run.moves} /> : <RunHosts run={run} now={now} />}
          <RunFacts title="If you stop now" facts={run.stopping} />
          <RunFacts title="What it left behind" facts={run.left_behind} />
          <RunEvents events={run.events} now={now} />
        </Stack>
      </Columns>
    </>
  );
}

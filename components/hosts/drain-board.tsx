'use client';

import { useCallback, useState } from 'react';
import type { DrainView } from '@/lib/contract/v1/drain';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { useNow } from '../live/now';
import { useAnswer } from '../live/use-answer';
import { Columns, Stack } from '../ui/page';
import { Panel, PanelEmpty } from '../ui/panel';
import { DrainBar } from './drain-bar';
import { DrainAfter, DrainWay } from './drain-facts';
import { DrainHead } from './drain-head';
import { DrainLadder } from './drain-ladder';
import { DrainTable } from './drain-table';

/** How often the proof is made again: while VMs move, and otherwise. */
const MOVING_MS = 5 * SECOND_MS;
const RESTING_MS = 20 * SECOND_MS;

const isUnderWay = ({ run, maintenance }: DrainView): boolean =>
  run?.state === 'running' || maintenance?.phase === 'asked' || maintenance?.phase === 'runs';

/** The proof that a host can be drained, the acts that it allows, and how they go. */
export function DrainBoard({ initial, rendered }: { initial: DrainView; rendered: number }) {
  const address = `${ADDRESSES.ofHost(initial.host)}drain/`;
  // The same function each time, or each tick of the page's clock would restart the wait.
  const refreshInterval = useCallback(
    (latest: DrainView | undefined) => (isUnderWay(latest ?? initial) ? MOVING_MS : RESTING_MS),
    [initial],
  );
  const { data, error, mutate } = useAnswer<DrainView>(address, initial, { refreshInterval });
  const drain = data ?? initial;
  const now = useNow(rendered);
  // Nothing is shut down that nobody has ticked.
  const [shutDown, setShutDown] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string, isIn: boolean) => {
    const next = new Set(shutDown);
    if (isIn) next.add(id);
    else next.delete(id);
    setShutDown(next);
  };
  return (
    <>
      <DrainHead drain={drain} now={now} problem={error?.message ?? null} />
      <DrainLadder drain={drain} now={now} />
      <Columns wide="first">
        <Stack>
          {drain.vms.length === 0 ? (
            <Panel title="Where each VM goes">
              <PanelEmpty>No VM is on it.</PanelEmpty>
            </Panel>
          ) : (
            <DrainTable drain={drain} shutDown={shutDown} onShutDown={toggle} />
          )}
        </Stack>
        <Stack>
          <DrainAfter drain={drain} />
          <DrainWay drain={drain} />
        </Stack>
      </Columns>
      <DrainBar drain={drain} shutDown={shutDown} onActed={() => void mutate()} />
    </>
  );
}

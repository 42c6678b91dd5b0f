'use client';

import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { Run } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import { ConfirmDialog, type Confirmed } from './confirm-dialog';
import { RunView } from './run-view';

type Props = { initial: Run; rendered: number };

/** A run, with what can be done about it by people who may act. */
export function RunBoard({ initial, rendered }: Props) {
  const { data: permission } = useAnswer<Permission>(ADDRESSES.permission);
  const [act, setAct] = useState<Confirmed | null>(null);
  const mayAct = permission?.may_act ?? false;
  return (
    <>
      <RunView
        initial={initial}
        rendered={rendered}
        slots={{
          acts: (run) =>
            mayAct && (run.phase === 'running' || run.phase === 'queued') ? (
              <Button icon="stop" onClick={() => setAct(stopping(run))}>
                {run.phase === 'queued' ? 'Take out of the queue…' : 'Stop…'}
              </Button>
            ) : null,
          moveAct: (move, run) =>
            mayAct && canAbort(move) ? <Button onClick={() => setAct(aborting(move, run))}>Abort…</Button> : null,
        }}
      />
      {permission && act ? <ConfirmDialog open act={act} permission={permission} onClose={() => setAct(null)} /> : null}
    </>
  );
}

function stopping({ audit, plan, phase, stopping: facts }: Run): Confirmed {
  return {
    title: phase === 'queued' ? `Take ${audit.name} out of the queue` : `Stop ${audit.name}`,
    heading: 'If you stop now',
    lines: facts.map(({ lead, text }) => (lead === null ? text : `${lead} ${text}`)),
    does: phase === 'queued' ? 'Take it out' : 'Stop',
    keeps: 'Let it run',
    icon: 'stop',
    address: `${ADDRESSES.ofPlan(audit.id, plan.id)}cancel/`,
    needsReason: false,
  };
}

/** Live moves that Nova has begun and not finished. */
const canAbort = ({ live, word }: RunMove): boolean =>
  live && ['queued', 'preparing', 'copying', 'not-converging', 'gave-up'].includes(word);

function aborting({ action_id: action, vm_name: name, source }: RunMove, { audit, plan }: Run): Confirmed {
  return {
    title: `Abort the move of ${name}`,
    heading: 'What it does',
    lines: [`${name} stays on ${source ?? 'its source'} and runs on. What was copied is lost.`],
    does: 'Abort the move',
    keeps: 'Let it move',
    icon: 'stop',
    address: `${ADDRESSES.ofPlan(audit.id, plan.id)}actions/${encodeURIComponent(action)}/abort/`,
    needsReason: false,
  };
}

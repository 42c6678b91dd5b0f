'use client';

import { useEffect, useState } from 'react';
import type { PlanCheck } from '@/lib/contract/v1/acts';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { Quiet } from '../ui/values';
import type { OfPlan } from './confirmed-acts';
import { titleOf } from './start-choices';
import { StartDecision } from './start-decision';

type Props = OfPlan & {
  open: boolean;
  onClose: () => void;
  /** What is left out, as in the address. */
  leaving: [name: string, value: string][];
  /** Since when the loads are old, in words; null if they are fresh. */
  loadsFrom: string | null;
  commands: () => string;
};

/** How often the check is repeated while the dialog is open, and while nobody knows whether the plan was started. */
const AGAIN_MS = 20 * SECOND_MS;
const ASKING_MS = 3 * SECOND_MS;
/** Watcher shows a start that arrived within this time. */
const PATIENCE_MS = 30 * SECOND_MS;

/** The decision to start a plan: what was checked just now, what will happen, why, and who says so. */
export function StartDialog({ open, onClose, leaving, loadsFrom, commands, ...plan }: Props) {
  const query = leaving.length === 0 ? '' : `?${new URLSearchParams(leaving)}`;
  const address = `${ADDRESSES.ofPlan(plan.audit, plan.plan)}check/${query}`;
  const [isAsking, setAsking] = useState(false);
  const {
    data: check,
    error,
    mutate,
  } = useAnswer<PlanCheck>(open ? address : null, undefined, {
    refreshInterval: isAsking ? ASKING_MS : AGAIN_MS,
  });
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => setAsking(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isAsking]);
  return (
    <Dialog open={open} onClose={onClose} title={check ? titleOf(check) : 'Start the plan'} wide>
      <Quiet>Plan of {plan.name}</Quiet>
      {error ? (
        <Notice tone="error" role="alert">
          {error.message}
        </Notice>
      ) : null}
      {check ? (
        <StartDecision
          key={plan.plan}
          check={check}
          plan={plan}
          leaving={leaving}
          loadsFrom={loadsFrom}
          commands={commands}
          onClose={onClose}
          onStale={() => void mutate()}
          isAsking={isAsking}
          onAsking={setAsking}
        />
      ) : (
        <Skeleton lines={8} />
      )}
    </Dialog>
  );
}

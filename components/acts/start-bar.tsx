'use client';

import { type ReactNode, useState } from 'react';
import type { PlanCheck, Refusal } from '@/lib/contract/v1/acts';
import { formatBytes, formatThings } from '@/lib/format';
import { planAddress, runAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Button, ButtonLink } from '../ui/button';
import { CarefulDialog } from './careful-dialog';
import { ConfirmDialog, type Confirmed } from './confirm-dialog';
import styles from './start-bar.module.css';
import { StartDialog } from './start-dialog';

/** What would run, as computed in the browser. */
export type Chosen = {
  moves: number;
  leftOut: number;
  sources: number;
  /** Bytes; null if unknown. */
  ramToCopy: number | null;
  /** What is left out, as in the address. */
  leaving: [name: string, value: string][];
  /** Whether it has other destinations or drained hosts, which no plan of Watcher can be started with. */
  isOther: boolean;
};

type Props = { audit: string; plan: string; name: string; state: string; chosen: Chosen; children?: ReactNode };

/** States in which a plan has nothing left to decide. */
const DECIDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED', 'DELETED']);

/** The bar at the foot of the page that decides: starts the plan, or says why not and what else can be done. */
export function StartBar({ audit, plan, name, state, chosen, children }: Props) {
  const isOver = DECIDED.has(state);
  const address = `${ADDRESSES.ofPlan(audit, plan)}check/`;
  const { data: check, error } = useAnswer<PlanCheck>(isOver ? null : address);
  const [open, setOpen] = useState<'start' | 'careful' | 'cancel' | null>(null);
  if (isOver) return null;
  const close = () => setOpen(null);
  // The dialog asks about those that a person may override.
  const refusal = check?.start.find(({ override }) => override === null) ?? null;
  const canStart = check !== undefined && refusal === null && !chosen.isOther && chosen.moves > 0;
  return (
    <section className={styles.bar} aria-label="Start this plan" data-hide="print">
      <div className={styles.words}>
        <p className={styles.lead}>{leadOf(chosen, refusal)}</p>
        <p className={styles.note} aria-live="polite">
          {error?.message ?? noteOf(check, chosen, refusal)}
        </p>
      </div>
      <div className={styles.ways}>
        {children}
        <Ways refusal={refusal} audit={audit} plan={plan} />
        {check?.cancel.length === 0 && WAITING.has(state) ? (
          <Button onClick={() => setOpen('cancel')}>
            {state === 'RECOMMENDED' ? 'Refuse…' : 'Take out of the queue…'}
          </Button>
        ) : null}
        {check?.careful.length === 0 && !chosen.isOther && chosen.moves > 0 ? (
          <Button onClick={() => setOpen('careful')}>Careful run…</Button>
        ) : null}
        <Button look="primary" icon="play" disabled={!canStart} onClick={() => setOpen('start')}>
          {`Start ${formatThings(chosen.moves, 'move')}…`}
        </Button>
      </div>
      <StartDialog
        open={open === 'start'}
        onClose={close}
        audit={audit}
        plan={plan}
        name={name}
        leaving={chosen.leaving}
      />
      <CarefulDialog
        open={open === 'careful'}
        onClose={close}
        audit={audit}
        plan={plan}
        name={name}
        leaving={chosen.leaving}
      />
      {check ? (
        <ConfirmDialog
          open={open === 'cancel'}
          onClose={close}
          permission={check.permission}
          act={refusing({ audit, plan, name, state }, check.cancelling)}
        />
      ) : null}
    </section>
  );
}

/** States in which a plan has not begun; a run is stopped on its own page. */
const WAITING = new Set(['RECOMMENDED', 'PENDING']);

type Waiting = { audit: string; plan: string; name: string; state: string };

const refusing = ({ audit, plan, name, state }: Waiting, lines: string[]): Confirmed => ({
  title: state === 'RECOMMENDED' ? `Refuse the plan of ${name}` : `Take ${name} out of the queue`,
  heading: 'What it does',
  lines,
  does: state === 'RECOMMENDED' ? 'Refuse the plan' : 'Take it out',
  keeps: 'Keep it',
  icon: 'stop',
  address: `${ADDRESSES.ofPlan(audit, plan)}cancel/`,
  needsReason: false,
});

function leadOf({ moves, sources, ramToCopy, leftOut }: Chosen, refusal: Refusal | null): ReactNode {
  if (refusal) return refusal.text;
  const copy = ramToCopy === null ? '' : `; ${formatBytes(ramToCopy)} to copy`;
  return (
    <>
      {formatThings(moves, 'VM')} will move off {formatThings(sources, 'host')}
      {copy}. {leftOut === 0 ? null : `${formatThings(leftOut, 'action is', 'actions are')} left out.`}
    </>
  );
}

function noteOf(check: PlanCheck | undefined, { isOther, leftOut }: Chosen, refusal: Refusal | null): string {
  if (check === undefined) return 'Checking the plan against the cloud…';
  if (refusal) return 'Nothing was changed.';
  if (isOther)
    return 'Other destinations and drained hosts can’t be started as this plan: export the commands instead.';
  const [choice] = check.start;
  if (choice) return choice.text;
  if (leftOut > 0) return 'What is left out will be skipped, and can’t be brought back.';
  return check.will.lines.at(-1) ?? '';
}

/** Where else to go. */
function Ways({ refusal, audit, plan }: { refusal: Refusal | null; audit: string; plan: string }) {
  switch (refusal?.code) {
    case 'replaced':
      return refusal.plan_id ? (
        <ButtonLink href={planAddress(audit, refusal.plan_id)}>Open the newer plan</ButtonLink>
      ) : null;
    case 'already-started':
      return <ButtonLink href={runAddress(audit, plan)}>Watch</ButtonLink>;
    case 'no-applier':
    case 'cannot-check':
      return <ButtonLink href="/doctor/">Doctor</ButtonLink>;
    default:
      return null;
  }
}

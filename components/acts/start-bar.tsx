'use client';

import { useState } from 'react';
import type { Permission, PlanCheck } from '@/lib/contract/v1/acts';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatTime } from '@/lib/format';
import { isOld } from '../figures/freshness';
import { ADDRESSES } from '../live/answers';
import type { Live } from '../live/use-answer';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import { FootBar } from '../ui/foot-bar';
import { Icon } from '../ui/icon';
import { type BarState, barStateOf, type Chosen, overState } from './bar-state';
import { CarefulDialog } from './careful-dialog';
import { ConfirmDialog, type Confirmed } from './confirm-dialog';
import { archiving, type OfPlan, refusing } from './confirmed-acts';
import { Offers, type Ways } from './offers';
import styles from './start-bar.module.css';
import { StartDialog } from './start-dialog';
import { useTeller } from './tell-me';
import { isPastDeciding } from './use-check';

type Props = OfPlan & {
  state: string;
  answer: Live<PlanCheck>;
  chosen: Chosen;
  loads: ReadingState;
  now: number;
  ways: Omit<Ways, 'retry' | 'teller'>;
  /** What a person is asked to confirm; null if nothing. */
  asked: Confirmed | null;
  onAsk: (act: Confirmed | null) => void;
};

/** The bar at the foot of the page that decides: starts the plan, or says why not and what else can be done. */
export function StartBar({ state, answer, chosen, loads, now, ways, asked, onAsk, ...plan }: Props) {
  const { data: check, error, mutate } = answer;
  const isOver = isPastDeciding(state);
  const { data: allowed } = useAnswer<Permission>(isOver ? ADDRESSES.permission : null);
  const [open, setOpen] = useState<'start' | 'careful' | null>(null);
  const close = () => setOpen(null);
  const mayBeCareful = check?.careful.length === 0 && !chosen.isOther && chosen.moves > 0;
  const permission = check?.permission ?? allowed;
  const loadsFrom = isOld(loads) ? formatTime(loads.as_of, now) : null;
  const bar = isOver ? overState(state) : barStateOf({ check, problem: error?.message ?? null, chosen, loadsFrom });
  const teller = useTeller();
  const all = { ...ways, retry: () => void mutate(), teller };
  return (
    <FootBar
      label={isOver ? 'This plan' : 'Start this plan'}
      said={<Said bar={bar} />}
      beside={
        <>
          <StartDialog
            open={open === 'start'}
            onClose={close}
            {...plan}
            leaving={chosen.leaving}
            loadsFrom={loadsFrom}
            commands={ways.commands}
          />
          <span role="status" className="visually-hidden">
            {teller.said}
          </span>
          <CarefulDialog open={open === 'careful'} onClose={close} {...plan} leaving={chosen.leaving} />
          {permission && asked ? (
            <ConfirmDialog open act={asked} permission={permission} onClose={() => onAsk(null)} />
          ) : null}
        </>
      }
    >
      <OtherActs state={state} check={check} permission={permission} plan={plan} onAsk={onAsk} />
      {mayBeCareful ? <Button onClick={() => setOpen('careful')}>Careful run…</Button> : null}
      {bar.start !== null && bar.offers.length > 0 ? (
        <Button onClick={() => setOpen('start')}>{bar.start}</Button>
      ) : null}
      <Offers state={bar} audit={plan.audit} plan={plan.plan} ways={all} />
      {bar.start !== null && bar.offers.length === 0 ? (
        <Button
          look="primary"
          icon="play"
          disabled={bar.code !== 'ready' && bar.code !== 'loads-old'}
          onClick={() => setOpen('start')}
        >
          {bar.start}
        </Button>
      ) : null}
    </FootBar>
  );
}

function Said({ bar: { icon, tone, lead, rest, note } }: { bar: BarState }) {
  return (
    <div className={styles.said}>
      <span className={styles.mark}>
        <Icon name={icon} size={24} tone={tone} />
      </span>
      <div aria-live="polite">
        <p>
          <b className={styles.lead}>{lead}</b> {rest}
        </p>
        {note === '' ? null : <p className={styles.note}>{note}</p>}
      </div>
    </div>
  );
}

/** States in which a plan has not begun; a run is stopped on its own page. */
const WAITING = new Set(['RECOMMENDED', 'PENDING']);
/** A plan that waits is refused instead. */
const ARCHIVED_FROM = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED']);

type OtherProps = Pick<Props, 'state' | 'onAsk'> & {
  check: PlanCheck | undefined;
  permission: Permission | undefined;
  plan: OfPlan;
};

/** What else can be done to the plan as a whole; nothing for people who may look. */
function OtherActs({ state, check, permission, plan, onAsk }: OtherProps) {
  if (!permission?.may_act) return null;
  if (ARCHIVED_FROM.has(state)) return <Button onClick={() => onAsk(archiving(plan))}>Archive…</Button>;
  if (!WAITING.has(state) || check?.cancel.length !== 0) return null;
  return (
    <Button onClick={() => onAsk(refusing(plan, state, check.cancelling))}>
      {state === 'RECOMMENDED' ? 'Refuse…' : 'Take out of the queue…'}
    </Button>
  );
}

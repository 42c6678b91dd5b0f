'use client';

import { useState } from 'react';
import type { ActView, PlanCheck } from '@/lib/contract/v1/acts';
import { formatThings } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { carefulAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { Time } from '../ui/time';
import { usePages } from '../ui/use-pages';
import { Quiet } from '../ui/values';
import { Fields, Foot, Line, Lines, Part } from './decision';
import { Field } from './field';
import { NumberField } from './number-field';
import { ProofFields } from './proof-fields';
import { runOfAct } from './run-of-act';
import { missingProof, NO_PROOF, type Proof, useActing } from './use-acting';
import { WhyField } from './why-field';

type Plan = { audit: string; plan: string; name: string };
/** What is left out, as in the address. */
type Leaving = [name: string, value: string][];
type Props = Plan & { open: boolean; onClose: () => void; leaving: Leaving };

/** How often the check is repeated while the dialog is open. */
const AGAIN_MS = 20 * SECOND_MS;

/** The decision to carry out the moves of a plan step by step. */
export function CarefulDialog({ open, onClose, leaving, ...plan }: Props) {
  const query = leaving.length === 0 ? '' : `?${new URLSearchParams(leaving)}`;
  const address = `${ADDRESSES.ofPlan(plan.audit, plan.plan)}check/${query}`;
  const { data: check, error } = useAnswer<PlanCheck>(open ? address : null, undefined, { refreshInterval: AGAIN_MS });
  return (
    <Dialog open={open} onClose={onClose} title="Careful run" wide>
      <Quiet>Plan of {plan.name}</Quiet>
      {error ? (
        <Notice tone="error" role="alert">
          {error.message}
        </Notice>
      ) : null}
      {check ? (
        <Decision key={plan.plan} check={check} plan={plan} leaving={leaving} onClose={onClose} />
      ) : (
        <Skeleton lines={8} />
      )}
    </Dialog>
  );
}

const WIDTHS = [
  { value: 'growing', label: '2, then 4, then more' },
  { value: '1', label: 'one at a time' },
  { value: '2', label: '2 at a time' },
  { value: '4', label: '4 at a time' },
  { value: '6', label: '6 at a time' },
] as const;
type Width = (typeof WIDTHS)[number]['value'];

const MINUTES = ['1', '2', '5', '10', '15'].map((value) => ({ value, label: `${value} min` }));

type DecisionProps = { check: PlanCheck; plan: Plan; leaving: Leaving; onClose: () => void };

function Decision({ check, plan, leaving, onClose }: DecisionProps) {
  const pages = usePages();
  const acting = useActing();
  const [width, setWidth] = useState<Width>('growing');
  const [minutes, setMinutes] = useState('2');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const { will, confirm, permission, careful: refusals, seen, made_at: now } = check;
  const endsAt = until === '' ? null : nextTime(until, now);
  const left = [
    reason.trim() === '' ? 'the reason' : null,
    confirm === null || typed === String(confirm) ? null : 'the number',
    ...missingProof(permission, now, { ...proof, wantsCode: acting.wantsCode }),
  ].filter((part) => part !== null);
  const isReady = refusals.length === 0 && left.length === 0;

  async function begin() {
    const body = {
      seen,
      vms: will.vms,
      reason: reason.trim(),
      measure_minutes: Number(minutes),
      ...(width === 'growing' ? {} : { width: Number(width) }),
      ...(endsAt === null ? {} : { until: new Date(endsAt).toISOString() }),
      ...Object.fromEntries(leaving.filter(([name]) => name === 'off' || name === 'anyway')),
    };
    const address = `${ADDRESSES.ofPlan(plan.audit, plan.plan)}careful/`;
    const done = await acting.act<ActView>(address, body, { permission, given: proof });
    if (done !== null) pages.push(carefulAddress(runOfAct(done) ?? ''));
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void begin();
      }}
    >
      <Part
        heading="Checked again"
        aside={
          <Quiet>
            <Time at={now} now={now} />, against the cloud itself
          </Quiet>
        }
      >
        <Lines>
          {check.checked.map((line) => (
            <Line key={line} mark="ok">
              {line}
            </Line>
          ))}
          {refusals.map(({ code, text }) => (
            <Line key={`${code} ${text}`} mark="error">
              {text}
            </Line>
          ))}
        </Lines>
      </Part>
      <Part heading="What will happen">
        <Lines>
          <Line
            strong
          >{`${formatThings(will.moves, 'VM moves', 'VMs move')}: the first alone, the others in steps.`}</Line>
          <Line>
            Each step is a plan of its own that Watcher runs. This plan is cancelled, so that nobody starts it, too.
          </Line>
          <Line>
            After each step the hosts are measured, and the moves that are left are checked again. Those that no longer
            work are left out.
          </Line>
          <Line>
            It pauses by itself when a move fails, a copy gains nothing for 3 min, a target gets hot, or a step brings
            less than half of its promise.
          </Line>
          {permission.mode === 'person' ? (
            <Line mark="warn">
              When your sign-in ends, or the server is restarted, it pauses until somebody signs in.
            </Line>
          ) : null}
          <Line mark="warn" strong>
            Nothing is rolled back.
          </Line>
        </Lines>
      </Part>
      <Part heading="How">
        <Lines>
          <Line>
            After the first move,{' '}
            <Select label="Size of the steps" options={WIDTHS} value={width} onChange={setWidth} />
          </Line>
          <Line>
            Measure <Select label="Minutes of measuring" options={MINUTES} value={minutes} onChange={setMinutes} />{' '}
            after each step
          </Line>
        </Lines>
        <Fields>
          <Field
            label="Start nothing after"
            note={
              endsAt === null
                ? 'Optional; in your local time.'
                : `${new Date(endsAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
            }
            name="until"
            type="time"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </Fields>
      </Part>
      <Part>
        <Fields>
          <WhyField needed value={reason} onChange={setReason} />
          <NumberField label="VMs that will move" confirm={confirm} value={typed} onChange={setTyped} />
          <ProofFields
            permission={permission}
            now={now}
            wantsCode={acting.wantsCode}
            proof={proof}
            onChange={setProof}
          />
        </Fields>
      </Part>
      <Foot
        problem={acting.problem}
        left={refusals.length > 0 ? 'It can’t be begun now.' : left.length > 0 ? `Left: ${left.join(', ')}` : ''}
      >
        <Button onClick={onClose}>Don’t begin</Button>
        <Button type="submit" look="primary" icon="play" disabled={!isReady || acting.isBusy}>
          {acting.isBusy ? 'Beginning…' : `Begin with 1 of ${formatThings(will.moves, 'move')}`}
        </Button>
      </Foot>
    </form>
  );
}

/** The next time that a clock shows this, today or tomorrow; ms. @param time as in "22:30", local */
function nextTime(time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = new Date(now).setHours(hours, minutes, 0, 0);
  return at > now ? at : new Date(at).setDate(new Date(at).getDate() + 1);
}

'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { PlanCheck, Refusal } from '@/lib/contract/v1/acts';
import { formatThings } from '@/lib/format';
import { runAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { Time } from '../ui/time';
import { Quiet } from '../ui/values';
import { Choice, Fields, Foot, Line, Lines, Part } from './decision';
import { Field } from './field';
import { ProofFields } from './proof-fields';
import { missingProof, NO_PROOF, type Proof, useActing } from './use-acting';
import { WhyField } from './why-field';

type Plan = { audit: string; plan: string; name: string };
type Props = Plan & { open: boolean; onClose: () => void; leaving: Leaving };
/** What is left out, as in the address. */
type Leaving = [name: string, value: string][];

/** How often the check is repeated while the dialog is open. */
const AGAIN_MS = 20_000;

/** The decision to start a plan: what was checked just now, what will happen, why, and who says so. */
export function StartDialog({ open, onClose, leaving, ...plan }: Props) {
  const query = leaving.length === 0 ? '' : `?${new URLSearchParams(leaving)}`;
  const address = `${ADDRESSES.ofPlan(plan.audit, plan.plan)}check/${query}`;
  const { data: check, error } = useAnswer<PlanCheck>(open ? address : null, undefined, { refreshInterval: AGAIN_MS });
  return (
    <Dialog open={open} onClose={onClose} title={check ? titleOf(check) : 'Start the plan'} wide>
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

const titleOf = ({ will: { moves, left_out: leftOut } }: PlanCheck): string =>
  leftOut === 0 ? `Start ${formatThings(moves, 'move')}` : `Start ${formatThings(moves, 'move')}, skip ${leftOut}`;

type DecisionProps = { check: PlanCheck; plan: Plan; leaving: Leaving; onClose: () => void };

function Decision({ check, plan, leaving, onClose }: DecisionProps) {
  const router = useRouter();
  const acting = useActing();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const { will, confirm, permission, start: refusals, seen } = check;
  const final = refusals.filter(({ override }) => override === null);
  const choices = refusals.filter(({ override }) => override !== null);
  const now = check.made_at;
  const left = [
    choices.every((one) => accepted.has(keyOf(one))) ? null : 'a choice',
    reason.trim() === '' ? 'the reason' : null,
    confirm === null || typed === String(confirm) ? null : 'the number',
    ...missingProof(permission, now, { ...proof, wantsCode: acting.wantsCode }),
  ].filter((part) => part !== null);
  const isReady = final.length === 0 && left.length === 0;

  async function start() {
    const despite = choices.flatMap(({ override, moves }) => (override === 'despite' ? moves : []));
    const queue = choices.some(({ override }) => override === 'queue');
    const body = { seen, vms: will.vms, reason: reason.trim(), queue, despite, ...Object.fromEntries(leaving) };
    const address = `${ADDRESSES.ofPlan(plan.audit, plan.plan)}start/`;
    const done = await acting.act<unknown>(address, body, { permission, given: proof });
    if (done !== null) router.push(runAddress(plan.audit, plan.plan));
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void start();
      }}
    >
      <Part
        heading="Checked again"
        aside={
          <Quiet>
            <Time at={check.made_at} now={now} />, against the cloud itself
          </Quiet>
        }
      >
        <Lines>
          {check.checked.map((line) => (
            <Line key={line} mark="ok">
              {line}
            </Line>
          ))}
          {final.map((one) => (
            <Line key={keyOf(one)} mark="error">
              {one.text}
            </Line>
          ))}
          {choices.map((one) => (
            <Line key={keyOf(one)} mark="warn">
              {one.text}
            </Line>
          ))}
        </Lines>
        {choices.map((one) => (
          <Choice
            key={keyOf(one)}
            checked={accepted.has(keyOf(one))}
            onChange={(isIn) => setAccepted(toggled(accepted, keyOf(one), isIn))}
          >
            {one.override === 'queue' ? 'Queue it all the same' : 'Start with these moves all the same'}
          </Choice>
        ))}
      </Part>
      <Part heading="What will happen">
        <Lines>
          {will.lines.map((line) => (
            <Line key={line}>{line}</Line>
          ))}
          {will.warnings.map((line) => (
            <Line key={line} mark="warn" strong>
              {line}
            </Line>
          ))}
        </Lines>
      </Part>
      <Part>
        <Fields>
          <WhyField needed value={reason} onChange={setReason} />
          {confirm === null ? null : (
            <Field
              label={will.shutdowns === 0 ? 'VMs that will move' : 'VMs that it changes'}
              note={`Type ${confirm} to confirm.`}
              name="moves"
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value.trim())}
            />
          )}
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
        left={final.length > 0 ? 'It can’t be started now.' : left.length > 0 ? `Left: ${left.join(', ')}` : ''}
      >
        <Button onClick={onClose}>Don’t start</Button>
        <Button type="submit" look="primary" icon="play" disabled={!isReady || acting.isBusy}>
          {acting.isBusy ? 'Starting…' : titleOf(check)}
        </Button>
      </Foot>
    </form>
  );
}

const keyOf = ({ code, text }: Refusal) => `${code} ${text}`;

function toggled(set: ReadonlySet<string>, key: string, isIn: boolean): Set<string> {
  const next = new Set(set);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}

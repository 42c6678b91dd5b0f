'use client';

import { useEffect, useRef, useState } from 'react';
import type { PlanCheck } from '@/lib/contract/v1/acts';
import { formatAge } from '@/lib/format';
import { runAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useNow } from '../live/now';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { usePages } from '../ui/use-pages';
import { Quiet } from '../ui/values';
import { Commands } from './commands-dialog';
import type { OfPlan } from './confirmed-acts';
import { Choice, Fields, Foot, Line, Lines, Part } from './decision';
import { NumberField } from './number-field';
import { ProofFields } from './proof-fields';
import {
  type Found,
  keyOf,
  leftToDo,
  type News,
  newsOf,
  START_WORDS,
  sortFound,
  titleOf,
  toggled,
} from './start-choices';
import { describeStartProblem } from './start-problem';
import { NO_PROOF, type Proof, useActing } from './use-acting';
import { WhyField } from './why-field';

type Props = {
  check: PlanCheck;
  plan: OfPlan;
  leaving: [name: string, value: string][];
  loadsFrom: string | null;
  commands: () => string;
  onClose: () => void;
  /** Has the check made again: the last one no longer fits. */
  onStale: () => void;
  /** Whether nobody knows if the plan was started, so that Watcher is asked more often. */
  isAsking: boolean;
  onAsking: (isAsking: boolean) => void;
};

/** What a person reads, types and takes upon themselves before a start. */
export function StartDecision({ check, plan, leaving, loadsFrom, commands, onClose, onStale, ...asking }: Props) {
  const pages = usePages();
  const acting = useActing();
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const [known, setKnown] = useState<{ check: PlanCheck; news: News | null }>({ check, news: null });
  if (known.check.seen !== check.seen || known.check.confirm !== check.confirm) {
    setKnown({ check, news: newsOf(known.check, check) });
    // What was typed was about something else.
    setTyped('');
  }
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-focus]')?.focus(), []);
  const address = runAddress(plan.audit, plan.plan);
  const hasStarted = asking.isAsking && check.state !== 'RECOMMENDED';
  useEffect(() => {
    if (hasStarted) pages.push(address);
  }, [hasStarted, pages, address]);

  const { will, confirm, permission, seen } = check;
  const { final, choices } = sortFound(check.start);
  const left = leftToDo(check, { accepted, reason, typed, proof: { ...proof, wantsCode: acting.wantsCode } });
  const isReady = final.length === 0 && left.length === 0 && !asking.isAsking;
  const problem = acting.problem === null ? null : describeStartProblem(acting.problem, asking.isAsking);

  async function start() {
    const despite = choices.flatMap(({ override, moves }) => (override === 'despite' ? moves : []));
    const queue = choices.some(({ override }) => override === 'queue');
    const body = { seen, vms: will.vms, reason: reason.trim(), queue, despite, ...Object.fromEntries(leaving) };
    const outcome = await acting.act<unknown>(`${ADDRESSES.ofPlan(plan.audit, plan.plan)}start/`, body, {
      permission,
      given: proof,
    });
    if (outcome !== null) pages.push(address);
    else onStale();
  }
  const isUnknown = problem?.isUnknown ?? false;
  const { onAsking } = asking;
  useEffect(() => onAsking(isUnknown), [isUnknown, onAsking]);

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void start();
      }}
    >
      <Checked
        check={check}
        found={{ final, choices }}
        accepted={accepted}
        onAccept={(one, isIn) => setAccepted(toggled(accepted, one, isIn))}
      />
      <Part heading="What will happen">
        <Lines>
          {will.lines.map((line) => (
            <Line key={line}>{line}</Line>
          ))}
          {loadsFrom === null ? null : (
            <Line mark="warn" strong>
              Loads are from {loadsFrom}: what it brings was computed from them.
            </Line>
          )}
          {will.warnings.map((line) => (
            <Line key={line} mark="warn" strong>
              {line}
            </Line>
          ))}
        </Lines>
      </Part>
      <Part>
        {known.news === null ? null : (
          <Notice tone="warn" role="alert">
            <b>{known.news.lead}</b> {known.news.text}
          </Notice>
        )}
        <Fields>
          <WhyField needed value={reason} onChange={setReason} />
          <NumberField
            label={will.shutdowns === 0 ? 'VMs that will move' : 'VMs that it changes'}
            confirm={confirm}
            value={typed}
            onChange={setTyped}
          />
          <ProofFields
            permission={permission}
            now={check.made_at}
            wantsCode={acting.wantsCode}
            proof={proof}
            onChange={setProof}
          />
        </Fields>
      </Part>
      <Foot
        problem={problem}
        left={final.length > 0 ? 'It can’t be started now.' : left.length > 0 ? `Left: ${left.join(', ')}` : ''}
      >
        {acting.problem?.type === 'act-refused' && acting.problem.refusal === null ? (
          <Commands make={commands} />
        ) : null}
        <Button onClick={onClose}>Don’t start</Button>
        <Button type="submit" look="primary" icon="play" disabled={!isReady || acting.isBusy}>
          {acting.isBusy ? 'Starting…' : titleOf(check)}
        </Button>
      </Foot>
    </form>
  );
}

type CheckedProps = {
  check: PlanCheck;
  found: Found;
  accepted: ReadonlySet<string>;
  onAccept: (key: string, isIn: boolean) => void;
};

function Checked({ check, found: { final, choices }, accepted, onAccept }: CheckedProps) {
  const now = useNow(check.made_at);
  return (
    <Part
      heading="Checked again"
      aside={
        <Quiet>
          {new Date(check.made_at).toISOString().slice(11, 19)} UTC, {formatAge(Math.max(0, now - check.made_at))} ago,
          against the cloud itself
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
        <Choice key={keyOf(one)} checked={accepted.has(keyOf(one))} onChange={(isIn) => onAccept(keyOf(one), isIn)}>
          {START_WORDS[one.override === 'despite' ? 'despite' : 'queue']}
        </Choice>
      ))}
    </Part>
  );
}

'use client';

import { type ReactNode, useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { formatThings, formatTime } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { hostAddress, planAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useNow } from '../live/now';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import type { IconName, IconTone } from '../ui/icon';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { BackLink, Columns, PageHead, Stack } from '../ui/page';
import { Panel, PanelEmpty } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { Quiet } from '../ui/values';
import { ActName, ActTitle, ActWays } from './act-head';
import { CarefulLadder } from './careful-ladder';
import { CarefulRules } from './careful-rules';
import styles from './careful-view.module.css';
import { ConfirmDialog, type Confirmed } from './confirm-dialog';
import { RunHosts } from './run-hosts';
import { RunMoves } from './run-moves';
import { useTabTitle } from './use-run';
import { carefulTabTitle } from './words';

/** The same function each time, or each tick of the page's clock would restart the wait. */
const untilAsked = (run: CarefulRunView | undefined): number => (run?.is_final ? 0 : 5 * SECOND_MS);

type Props = { initial: CarefulRunView; rendered: number };

/** A careful run, followed every few seconds, with what can be done about it by people who may act. */
export function CarefulView({ initial, rendered }: Props) {
  const { data, mutate } = useAnswer(ADDRESSES.careful(initial.id), initial, {
    refreshInterval: untilAsked,
    refreshWhenHidden: true,
  });
  const run = data ?? initial;
  const now = useNow(rendered);
  const { data: permission } = useAnswer<Permission>(ADDRESSES.permission);
  const [act, setAct] = useState<Confirmed | null>(null);
  useTabTitle(carefulTabTitle(run));
  const close = () => {
    setAct(null);
    void mutate();
  };
  return (
    <>
      <Head run={run} now={now}>
        {permission?.may_act ? <Ways run={run} onAct={setAct} /> : null}
      </Head>
      {run.state === 'running' || run.why === null ? null : (
        <Notice tone={run.state === 'paused' ? 'warn' : 'plain'} role={run.state === 'paused' ? 'alert' : undefined}>
          {`${run.state === 'paused' ? 'Paused' : 'Ended'} ${formatTime(run.why.at, now)}: ${run.why.text}`}
        </Notice>
      )}
      <LeftPlans run={run} />
      <CarefulLadder run={run} now={now} />
      <div className={styles.room}>
        <Columns wide="first">
          <Stack>
            {run.run === null ? (
              <Panel title="Moves">
                <PanelEmpty>
                  {run.state === 'ended' ? 'No step has begun.' : 'The step that runs is shown here.'}
                </PanelEmpty>
              </Panel>
            ) : (
              <RunMoves run={run.run} now={now} />
            )}
          </Stack>
          <Stack>
            <CarefulRules run={run} />
            {run.run === null ? null : <RunHosts run={run.run} now={now} />}
            <Named title="Left out by a check" vms={run.dropped} />
            <Named title="Not started" vms={run.not_started} />
            <Named title="Move too often" vms={run.often} />
          </Stack>
        </Columns>
      </div>
      {permission && act ? <ConfirmDialog open act={act} permission={permission} onClose={close} /> : null}
    </>
  );
}

const LOOKS: Record<CarefulRunView['state'], { icon: IconName; tone: IconTone }> = {
  running: { icon: 'half', tone: 'accent' },
  paused: { icon: 'warn', tone: 'warn' },
  ended: { icon: 'ok', tone: 'ok' },
};

function Head({ run, now, children }: { run: CarefulRunView; now: number; children: ReactNode }) {
  const { of, title, person, reason, resumed, created_at: at, state, left, wrong, is_final: isFinal } = run;
  const look = state === 'ended' && left + wrong > 0 ? LOOKS.paused : LOOKS[state];
  return (
    <PageHead
      title={
        <ActTitle icon={look.icon} tone={look.tone}>
          <span aria-live="polite">{title}</span>
        </ActTitle>
      }
      ways={
        of.kind === 'plan' ? (
          <BackLink href={planAddress(of.audit_id, of.plan_id)}>Plan of {of.audit_name}</BackLink>
        ) : (
          <BackLink href={hostAddress(of.host)}>Host {of.host}</BackLink>
        )
      }
      aside={<ActWays>{children}</ActWays>}
    >
      {of.kind === 'plan' ? 'Careful run of ' : 'Draining '}
      <ActName>{of.kind === 'plan' ? of.audit_name : of.host}</ActName>, begun {formatTime(at, now)} by {person}:{' '}
      {reason}. {resumed === null ? null : `${goneOn(resumed, now)} `}
      {isFinal ? null : <Quiet>The server carries it out; closing this page changes nothing.</Quiet>}
    </PageHead>
  );
}

/** "Gone on 03:10 by anna: the disk is fine." */
function goneOn({ person, reason, at }: NonNullable<CarefulRunView['resumed']>, now: number): string {
  return `Gone on ${formatTime(at, now)} by ${person}${reason === '' ? '' : `: ${reason}`}.`;
}

function Ways({ run, onAct }: { run: CarefulRunView; onAct: (act: Confirmed) => void }) {
  const { may } = run;
  return (
    <>
      {may.pause.length === 0 ? <Button onClick={() => onAct(pausing(run))}>Pause…</Button> : null}
      {may.resume.length === 0 ? (
        <Button look="primary" icon="play" onClick={() => onAct(resuming(run))}>
          Go on…
        </Button>
      ) : null}
      {may.end.length === 0 ? (
        <Button icon="stop" onClick={() => onAct(ending(run))}>
          End here…
        </Button>
      ) : null}
    </>
  );
}

const addressOf = ({ id }: CarefulRunView, what: string) => `${ADDRESSES.careful(id)}${what}/`;

const pausing = (run: CarefulRunView): Confirmed => ({
  title: 'Pause this run',
  heading: 'What it does',
  lines: ['The step that runs goes to its end. No further step starts until somebody lets the run go on.'],
  does: 'Pause',
  keeps: 'Let it run',
  icon: 'stop',
  address: addressOf(run, 'pause'),
  needsReason: false,
});

/** Why it is paused although nothing was found wrong. */
const OF_PEOPLE = ['person', 'sign-in'];

const resuming = (run: CarefulRunView): Confirmed => ({
  title: 'Let this run go on',
  heading: 'What it does',
  lines: [
    ...(run.why === null || OF_PEOPLE.includes(run.why.code) ? [] : [`You accept for this step: ${run.why.text}`]),
    'The moves that are left are checked again before each step; those that no longer work are left out.',
  ],
  does: 'Go on',
  keeps: 'Leave it paused',
  icon: 'play',
  address: addressOf(run, 'resume'),
  needsReason: false,
});

const ending = (run: CarefulRunView): Confirmed => ({
  title: 'End this run here',
  heading: 'What it does',
  lines: [run.brake, 'VMs that have moved stay where they are now. A run that has ended can’t go on.'],
  does: 'End here',
  keeps: 'Let it run',
  icon: 'stop',
  address: addressOf(run, 'end'),
  needsReason: false,
});

/** What a run could not cancel is named, with the page on which a person can. */
function LeftPlans({ run: { left_plans: left, is_final: isFinal } }: { run: CarefulRunView }) {
  return left.map(({ step, audit_id: auditId, plan_id: planId }) => (
    <Notice key={planId} tone="warn" role="alert">
      {`The plan of step ${step} waits at Watcher, and anyone may start it. `}
      {isFinal ? 'The run could not cancel it. ' : 'The run cancels it as soon as it can. '}
      <Link href={planAddress(auditId, planId)}>Its plan</Link>
    </Notice>
  ));
}

/** More are shown on demand. */
const FIRST = 10;

function Named({ title, vms }: { title: string; vms: CarefulRunView['dropped'] }) {
  const shown = useShown(vms.length, FIRST);
  if (vms.length === 0) return null;
  return (
    <Panel title={title} note={formatThings(vms.length, 'VM')}>
      <ul className={styles.dropped}>
        {vms.slice(0, shown.count).map(({ vm_id: id, vm_name: name, text }) => (
          <li key={id}>
            <ActName>{name}</ActName> {text}
          </li>
        ))}
      </ul>
      <ShowMore shown={shown} />
    </Panel>
  );
}

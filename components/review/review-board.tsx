'use client';

import { useMemo, useState } from 'react';
import { SCHEDULER } from '@/components/moves/filters';
import type { HostServers } from '@/lib/contract/v1/review';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { toCommands } from '@/lib/domain/review/export-commands';
import { keepMarked } from '@/lib/domain/review/keep-marked';
import { reviewPlan } from '@/lib/domain/review/review';
import type { ReviewPage } from '@/lib/domain/review/review-page';
import { chosenOf, tickMoves } from '@/lib/domain/review/trim-choice';
import { isChanged, listIdleStays, type Variant, type VariantScope, writeVariant } from '@/lib/domain/review/variant';
import type { Chosen } from '../acts/bar-state';
import type { Confirmed } from '../acts/confirm-dialog';
import { skipping } from '../acts/confirmed-acts';
import { StartBar } from '../acts/start-bar';
import { usePlanCheck } from '../acts/use-check';
import { compareAddress, planAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { CopyLink } from '../ui/copy-link';
import { Notice } from '../ui/notice';
import { Columns } from '../ui/page';
import { Delivered } from './delivered';
import { ExportMenu } from './export-menu';
import { HostsAfter } from './hosts-after';
import { MovesTable } from './moves-table';
import { type OrderedMove, orderMoves } from './ordered-moves';
import { OtherActions } from './other-actions';
import { ReviewFlow } from './review-flow';
import { Scores } from './scores';
import { ShutdownsTable } from './shutdowns-table';
import { TrimFigures } from './trim-figures';
import { TrimPanel } from './trim-panel';
import { hasCurve } from './trim-words';
import { useTrim } from './use-trim';
import { useVariant } from './use-variant';
import { VariantProblems } from './variant-problems';
import { VerdictPanel } from './verdict-panel';
import { Waves } from './waves';
import { WhatIf } from './what-if';

type Props = { review: ReviewPage; now: number };

/** The review of a plan. Each change is computed in the browser, without a request. */
export function ReviewBoard({ review, now }: Props) {
  const { audit, plan, waves, delivered } = review;
  const names = useMemo(() => review.scene.hosts.map(({ name }) => name), [review.scene]);
  const scope = useMemo(() => scopeOf(review.scene, names), [review.scene, names]);
  const { variant, problems, change, reset } = useVariant(scope);
  const { scene, missing, problem } = useScene(review.scene, variant.empty);
  const used = useTrim(review.aim, { scene, scope, variant });
  const { whole } = used;
  const isWhole = variant.off.size === 0;
  const result = useMemo(() => (isWhole ? whole : reviewPlan(scene, variant)), [isWhole, whole, scene, variant]);
  const { trim } = used.given;
  const rows = useMemo(() => orderMoves(result.moves, used.given), [result.moves, used.given]);
  const idle = missing === null ? listIdleStays(variant, new Set(result.moves.map(({ key }) => key))) : [];
  const [chosen, setChosen] = useState({ source: '', destination: '' });
  const isChosen = ({ move: { source, destination } }: OrderedMove) =>
    (chosen.source === '' || chosen.source === source) &&
    (chosen.destination === '' || chosen.destination === (destination ?? SCHEDULER));
  const changed = isChanged(variant);
  const own = { audit: audit.id, plan: plan.id };
  const address = planAddress(audit.id, plan.id);
  const answer = usePlanCheck(audit.id, plan.id, plan.state);
  const [asked, setAsked] = useState<Confirmed | null>(null);
  const ofPlan = { ...own, name: audit.name };
  const skip =
    answer.data?.skip.length === 0
      ? (action: string, what: string) => setAsked(skipping(ofPlan, action, what))
      : undefined;
  const exported = { review: { ...review, scene }, result, changed };
  return (
    <>
      <VariantProblems problems={[...problems, ...idle]} address={address} />
      {trim.moves.length === 0 ? null : hasCurve(trim) ? (
        <Columns wide="first">
          <TrimPanel used={used} variant={variant} onChange={change} />
          <TrimFigures used={used} variant={variant} result={result} />
        </Columns>
      ) : (
        <TrimFigures used={used} variant={variant} result={result} />
      )}
      <Columns wide="second">
        <VerdictPanel result={result} scene={scene} changed={changed}>
          <CopyLink path={address} />
          <ExportMenu given={exported} address={address} />
        </VerdictPanel>
        <Scores now={result.now} after={result.after} reported={[...plan.global_efficacy, ...plan.efficacy]} />
      </Columns>
      <WhatIf
        scene={scene}
        variant={variant}
        result={result}
        onChange={change}
        onReset={reset}
        compareAddress={compareAddress(own, own, writeVariant(variant))}
      />
      {missing === null ? null : (
        <Notice tone={problem === null ? 'plain' : 'error'} role="status">
          {problem ?? `Loading the VMs of ${missing}…`}
        </Notice>
      )}
      <ReviewFlow moves={result.moves} hosts={result.hosts} limits={scene.limits} onChoose={setChosen} />
      <MovesTable
        rows={rows.filter(isChosen)}
        given={used.given}
        hosts={names}
        variant={variant}
        onChange={change}
        onSkip={skip}
        permission={answer.data?.permission}
      />
      <OtherActions scene={scene} waves={waves} variant={keepMarked(scene, variant)} onChange={change} onSkip={skip} />
      {result.shutdowns.length === 0 ? null : <ShutdownsTable shutdowns={result.shutdowns} />}
      {delivered ? <Delivered delivered={delivered} strategy={plan.strategy} now={now} /> : null}
      <HostsAfter hosts={result.hosts} limits={scene.limits} />
      <Waves waves={waves} moves={result.moves} leftOut={result.left_out} />
      <StartBar
        {...ofPlan}
        state={plan.state}
        answer={answer}
        chosen={startOf(result, variant)}
        loads={review.readings.load}
        now={now}
        ways={{
          leaveOut: (keys) =>
            change(tickMoves(used.given, variant, { numbers: new Set(keys.map(Number)), run: false })),
          takeAll: reset,
          commands: () => toCommands({ ...exported, link: window.location.href }),
        }}
        asked={asked}
        onAsk={setAsked}
      />
    </>
  );
}

/** What a start would run. */
function startOf(result: ReviewResult, variant: Variant): Chosen {
  const { vms, sources, leftOut } = chosenOf(result);
  return {
    moves: vms,
    leftOut: leftOut.length,
    sources,
    ramToCopy: result.totals.ram_to_copy,
    running: result.moves.flatMap(({ key, verdict, action_id: action, vm_name: name }) =>
      verdict !== null && action !== null ? [{ key, name }] : [],
    ),
    leaving: writeVariant(variant).filter(([name]) => name === 'off' || name === 'anyway' || name === 'skip'),
    restless: result.moves.flatMap(({ verdict, reasons, vm_name: name }) =>
      verdict !== null && reasons.some(({ check }) => check === 'history') ? [name] : [],
    ),
    marked: result.moves.flatMap(({ change, must_not_move: grounds, vm_name: name }) =>
      grounds !== undefined && change === 'left-out' ? [name] : [],
    ),
    isOther: variant.to.size > 0 || variant.empty.length > 0,
  };
}

function scopeOf({ steps }: Scene, names: string[]): VariantScope {
  const known = new Set(names);
  const moves = steps.filter(({ kind }) => kind === 'migrate').length;
  return { moves, others: steps.length - moves, isHost: (name) => known.has(name) };
}

type Whole = {
  scene: Scene;
  /** A host whose VMs are needed but not loaded yet. */
  missing: string | null;
  /** Why they can't be loaded. */
  problem: string | null;
};

/** The scene with the VMs of drained hosts. In a large cloud these load on demand, host by host. */
function useScene(scene: Scene, drained: string[]): Whole {
  const [loaded, setLoaded] = useState<Record<string, HostServers>>({});
  const known = new Set(scene.vms_of);
  const missing = drained.find((host) => !known.has(host) && loaded[host] === undefined) ?? null;
  const { error } = useAnswer<HostServers>(missing === null ? null : ADDRESSES.hostServers(missing), undefined, {
    onSuccess: (answer: HostServers) => setLoaded((before) => ({ ...before, [answer.host]: answer })),
  });
  const whole = useMemo(() => {
    const answers = Object.values(loaded);
    if (answers.length === 0) return scene;
    const byId = <T extends { id: string }>(lists: T[][]) => [
      ...new Map(lists.flat().map((one) => [one.id, one])).values(),
    ];
    return {
      ...scene,
      vms: byId([scene.vms, ...answers.map(({ vms }) => vms)]),
      projects: {
        ...scene.projects,
        names: byId([scene.projects.names, ...answers.map(({ projects }) => projects.names)]),
      },
      groups: byId([scene.groups, ...answers.map(({ groups }) => groups)]),
    };
  }, [scene, loaded]);
  return { scene: whole, missing, problem: error?.message ?? null };
}

'use client';

import { useMemo, useState } from 'react';
import { SCHEDULER } from '@/components/moves/filters';
import type { HostServers, PlanReview } from '@/lib/contract/v1/review';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { reviewPlan } from '@/lib/domain/review/review';
import { isChanged, writeVariant } from '@/lib/domain/review/variant';
import { useAnswer } from '../live/use-answer';
import { Notice } from '../ui/notice';
import { Delivered } from './delivered';
import { HostsAfter } from './hosts-after';
import { MovesTable } from './moves-table';
import styles from './review.module.css';
import { ReviewFlow } from './review-flow';
import { Scores } from './scores';
import { TakeAwayMenu } from './take-away-menu';
import { useVariant } from './use-variant';
import { VerdictPanel } from './verdict-panel';
import { Waves } from './waves';
import { WhatIf } from './what-if';

type Props = { review: PlanReview; now: number };

/** The review of a plan, computed again here at each change: verdicts, score and hosts follow without a request. */
export function ReviewBoard({ review, now }: Props) {
  const count = review.scene.steps.filter(({ kind }) => kind === 'migrate').length;
  const { variant, change, reset } = useVariant(count);
  const { scene, missing, problem } = useScene(review.scene, variant.empty);
  const result = useMemo(() => reviewPlan(scene, variant), [scene, variant]);
  const names = useMemo(() => scene.hosts.map(({ name }) => name), [scene]);
  const [chosen, setChosen] = useState({ source: '', destination: '' });
  const isChosen = ({ source, destination }: ReviewedMove) =>
    (chosen.source === '' || chosen.source === source) &&
    (chosen.destination === '' || chosen.destination === (destination ?? SCHEDULER));
  const changed = isChanged(variant);
  const own = `${review.audit.id}~${review.plan.id}`;
  const compareAddress = `/compare?${new URLSearchParams([['left', own], ['right', own], ...writeVariant(variant)])}`;
  const told = [...review.plan.global_efficacy, ...review.plan.efficacy];
  return (
    <>
      <div className={styles.top}>
        <VerdictPanel result={result} scene={scene} changed={changed}>
          <TakeAwayMenu given={{ review: { ...review, scene }, result, changed }} />
        </VerdictPanel>
        <Scores now={result.now} after={result.after} told={told} />
      </div>
      <WhatIf
        scene={scene}
        variant={variant}
        result={result}
        onChange={change}
        onReset={reset}
        compareAddress={compareAddress}
      />
      {missing === null ? null : (
        <Notice tone={problem === null ? 'plain' : 'error'} role="status">
          {problem ?? `Reading the VMs of ${missing}…`}
        </Notice>
      )}
      <ReviewFlow moves={result.moves} hosts={result.hosts} limits={scene.limits} onChoose={setChosen} />
      <MovesTable moves={result.moves.filter(isChosen)} hosts={names} variant={variant} onChange={change} />
      {review.delivered ? <Delivered delivered={review.delivered} strategy={review.plan.strategy} now={now} /> : null}
      <HostsAfter hosts={result.hosts} limits={scene.limits} />
      {review.waves.length === 0 ? null : <Waves waves={review.waves} />}
    </>
  );
}

/** The scene with the VMs of hosts that are to be emptied: a big cloud's are read when they are wanted, host by host. */
function useScene(scene: Scene, empty: string[]): { scene: Scene; missing: string | null; problem: string | null } {
  const [read, setRead] = useState<Record<string, HostServers['vms']>>({});
  const known = new Set(scene.guests_of);
  const missing = empty.find((host) => !known.has(host) && read[host] === undefined) ?? null;
  const { error } = useAnswer<HostServers>(
    missing === null ? null : `/api/v1/hosts/${encodeURIComponent(missing)}/servers/`,
    undefined,
    { onSuccess: (answer: HostServers) => setRead((before) => ({ ...before, [answer.host]: answer.vms })) },
  );
  const whole = useMemo(() => {
    const vms = new Map(scene.vms.map((vm) => [vm.id, vm]));
    for (const guests of Object.values(read)) for (const vm of guests) if (!vms.has(vm.id)) vms.set(vm.id, vm);
    return vms.size === scene.vms.length ? scene : { ...scene, vms: [...vms.values()] };
  }, [scene, read]);
  return { scene: whole, missing, problem: error?.message ?? null };
}

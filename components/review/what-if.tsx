'use client';

import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { isChanged, type Variant } from '@/lib/domain/review/variant';
import { formatThings } from '@/lib/format';
import { Button, ButtonLink } from '../ui/button';
import { Panel, PanelTools } from '../ui/panel';
import { Select } from '../ui/select';
import { Tag } from '../ui/tag';
import { Quiet } from '../ui/values';
import styles from './what-if.module.css';

type Props = {
  scene: Scene;
  variant: Variant;
  result: ReviewResult;
  onChange: (next: Variant) => void;
  onReset: () => void;
  /** Compares this variant with the unchanged plan. */
  compareAddress: string;
};

/** What the variant changes, and how to undo it. */
export function WhatIf({ scene, variant, result, onChange, onReset, compareAddress }: Props) {
  const changed = isChanged(variant);
  return (
    <Panel label="What if" tone={changed ? 'accent' : undefined} screenOnly>
      <PanelTools
        label="Changes to the plan"
        aside={<DrainSelect scene={scene} variant={variant} onChange={onChange} />}
      >
        <strong>What if</strong>
        {changed ? (
          <Changes variant={variant} result={result} onChange={onChange} />
        ) : (
          <Quiet>{inviteFor(scene)}</Quiet>
        )}
        {changed ? <ButtonLink href={compareAddress}>Compare with the plan</ButtonLink> : null}
        <Button disabled={!changed} onClick={onReset}>
          Reset
        </Button>
      </PanelTools>
    </Panel>
  );
}

function inviteFor({ steps }: Scene): string {
  const canChange = steps.some((step) => step.kind === 'migrate' && step.state === 'PENDING' && step.happened === null);
  return canChange
    ? 'Untick moves, choose other destinations or drain a host: all figures follow.'
    : 'Drain a host: all figures follow.';
}

function Changes({ variant, result, onChange }: Pick<Props, 'variant' | 'result' | 'onChange'>) {
  const { off, skip, to, empty: drained } = variant;
  const added = result.moves.filter(({ change }) => change === 'added').length;
  const staying = result.moves.filter(({ change, action_id: id }) => change === 'left-out' && id === null).length;
  return (
    <>
      {off.size > 0 ? <Tag tone="accent">{formatThings(off.size, 'move')} left out</Tag> : null}
      {skip.size > 0 ? <Tag tone="accent">{formatThings(skip.size, 'other action')} left out</Tag> : null}
      {to.size > 0 ? <Tag tone="accent">{formatThings(to.size, 'other destination')}</Tag> : null}
      {drained.map((host) => (
        <Tag key={host} tone="accent">
          {host} drained
          <button
            type="button"
            className={styles.remove}
            aria-label={`Do not drain ${host}`}
            onClick={() => onChange(withoutDrain(variant, result.moves, host))}
          >
            ×
          </button>
        </Tag>
      ))}
      {added > 0 ? <Quiet>{formatThings(added, 'move')} added</Quiet> : null}
      {staying > 0 ? <Quiet>{`${formatThings(staying, 'VM')} ${staying === 1 ? 'stays' : 'stay'} there`}</Quiet> : null}
    </>
  );
}

/** VMs that were to stay on the host are forgotten, too. */
function withoutDrain(variant: Variant, moves: ReviewResult['moves'], host: string): Variant {
  const there = new Set(moves.flatMap(({ key, source }) => (source === host ? [key] : [])));
  return {
    ...variant,
    empty: variant.empty.filter((name) => name !== host),
    stay: new Set([...variant.stay].filter((id) => !there.has(id))),
  };
}

function DrainSelect({ scene, variant, onChange }: Pick<Props, 'scene' | 'variant' | 'onChange'>) {
  const { empty: drained } = variant;
  const candidates = scene.hosts.filter(({ name, vms }) => vms > 0 && !drained.includes(name));
  return (
    <Select
      label="Drain a host"
      value=""
      options={[
        { value: '', label: 'Drain a host…' },
        ...candidates.map(({ name, vms }) => ({ value: name, label: `${name} (${formatThings(vms, 'VM')})` })),
      ]}
      onChange={(host) => onChange({ ...variant, empty: [...drained, host] })}
    />
  );
}

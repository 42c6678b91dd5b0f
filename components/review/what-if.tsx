'use client';

import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { isChanged, type Variant } from '@/lib/domain/review/variant';
import { formatThings } from '@/lib/format';
import { Button, ButtonLink } from '../ui/button';
import { Tag } from '../ui/tag';
import styles from './review.module.css';

type Props = {
  scene: Scene;
  variant: Variant;
  result: ReviewResult;
  onChange: (next: Variant) => void;
  onReset: () => void;
  /** Where this variant stands beside the plan as it is. */
  compareAddress: string;
};

/** What is changed in the plan, and the way back. */
export function WhatIf({ scene, variant, result, onChange, onReset, compareAddress }: Props) {
  const { off, to, empty } = variant;
  const open = scene.steps.filter(({ kind, state }) => kind === 'migrate' && state === 'PENDING').length;
  const added = result.moves.filter(({ change }) => change === 'added').length;
  const candidates = scene.hosts.filter(({ name, vms }) => vms > 0 && !empty.includes(name));
  return (
    <section className={styles.whatIf} aria-label="What if" data-changed={isChanged(variant) || undefined}>
      <strong>What if</strong>
      {isChanged(variant) ? (
        <>
          {off.size > 0 ? <Tag tone="accent">{formatThings(off.size, 'move')} left out</Tag> : null}
          {to.size > 0 ? <Tag tone="accent">{formatThings(to.size, 'other destination')}</Tag> : null}
          {empty.map((host) => (
            <Tag key={host} tone="accent">
              {host} emptied
              <button
                type="button"
                className={styles.remove}
                aria-label={`Do not empty ${host}`}
                onClick={() => onChange({ ...variant, empty: empty.filter((name) => name !== host) })}
              >
                ×
              </button>
            </Tag>
          ))}
          {added > 0 ? <span className={styles.quiet}>{formatThings(added, 'move')} added</span> : null}
        </>
      ) : (
        <span className={styles.quiet}>
          {open > 0
            ? 'Untick moves, set other destinations, empty a host: all figures follow.'
            : 'Empty a host: all figures follow.'}
        </span>
      )}
      <span className={styles.space} />
      <select
        className={styles.select}
        aria-label="Empty a host"
        value=""
        onChange={(event) => onChange({ ...variant, empty: [...empty, event.target.value] })}
      >
        <option value="">Empty a host…</option>
        {candidates.map(({ name, vms }) => (
          <option key={name} value={name}>
            {name} ({formatThings(vms, 'VM')})
          </option>
        ))}
      </select>
      {isChanged(variant) ? <ButtonLink href={compareAddress}>Compare with the plan</ButtonLink> : null}
      <Button disabled={!isChanged(variant)} onClick={onReset}>
        Reset
      </Button>
    </section>
  );
}

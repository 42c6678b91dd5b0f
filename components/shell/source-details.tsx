'use client';

import { useState } from 'react';
import type { SourceView } from '@/lib/contract/v1/sources';
import { formatAge, formatCountdown, formatTime, MISSING } from '@/lib/format';
import { useTick } from '../live/live-refresh';
import { Button } from '../ui/button';
import { Icon, type IconName } from '../ui/icon';
import styles from './chips.module.css';
import { type Chip, describeAffected, describeChip, failing } from './sources';

const ICONS: Record<SourceView['status'], IconName> = { ok: 'ok', error: 'error', mock: 'mock' };

/** What opens below a chip: each service behind it, and of one that fails since when, why, and what that affects. */
export function SourceDetails({ chip, now, nextAt }: { chip: Chip; now: number; nextAt: number }) {
  const { refresh, busy } = useTick();
  const bad = failing(chip);
  const messages = [...new Set(bad.map(({ message }) => message ?? ''))].filter((message) => message !== '');
  const since = bad.map((service) => service.since).filter((at) => at !== null);
  return (
    <>
      <h2 className={styles.title}>
        <span className={styles.icon} data-state={chip.state}>
          <Icon name={chip.state === 'error' ? 'error' : chip.state === 'mock' ? 'mock' : 'server'} />
        </span>
        {describeChip(chip)}
      </h2>
      {chip.services.length > 1 ? <Services services={chip.services} /> : null}
      <dl className={styles.facts}>
        <dt>Last answer</dt>
        <dd>{describeAnswer(bad.length > 0 ? bad : chip.services, now)}</dd>
        {messages.length > 0 ? (
          <>
            {since.length > 0 ? (
              <>
                <dt>Fails since</dt>
                <dd>
                  {formatTime(Math.min(...since), now)}, {formatAge(now - Math.min(...since))} ago
                </dd>
              </>
            ) : null}
            <dt>Last error</dt>
            <dd className={styles.error}>{messages.join(' ')}</dd>
          </>
        ) : null}
        <dt>Next {bad.length > 0 ? 'try' : 'check'}</dt>
        <dd>{nextAt > now ? `in ${formatCountdown(nextAt - now)}` : 'now'}</dd>
        {bad.length > 0 ? (
          <>
            <dt>Affects</dt>
            <dd>{describeAffected(bad)}</dd>
          </>
        ) : null}
      </dl>
      <div className={styles.actions}>
        <Button icon="refresh" aria-disabled={busy || undefined} onClick={() => refresh()}>
          {bad.length > 0 ? 'Retry now' : 'Check now'}
        </Button>
        {messages.length > 0 ? <CopyError text={messages.join('\n')} /> : null}
      </div>
    </>
  );
}

function Services({ services }: { services: SourceView[] }) {
  return (
    <ul className={styles.services}>
      {services.map(({ name, status }) => (
        <li key={name} className={styles.service}>
          <span className={styles.icon} data-state={status}>
            <Icon name={ICONS[status]} />
          </span>
          {name}
          <span className={styles.state}>{status === 'mock' ? 'mock data' : status}</span>
        </li>
      ))}
    </ul>
  );
}

/** Of several services the one that has been silent longest. */
function describeAnswer(services: SourceView[], now: number): string {
  const times = services.map(({ answered_at: at }) => at);
  const known = times.filter((at) => at !== null);
  if (known.length === 0) return `${MISSING} None yet`;
  const oldest = Math.min(...known);
  return `${formatTime(oldest, now)}, ${formatAge(now - oldest)} ago`;
}

function CopyError({ text }: { text: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <>
      <Button
        icon="copy"
        onClick={() =>
          navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        Copy error
      </Button>
      <span role="status" className={styles.copied}>
        {copied === null ? '' : copied ? 'Copied' : 'The browser refuses to copy'}
      </span>
    </>
  );
}

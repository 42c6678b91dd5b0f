'use client';

import { useState } from 'react';
import type { SourceView } from '@/lib/contract/v1/sources';
import { formatAge, formatCountdown, formatTime, MISSING } from '@/lib/format';
import { useTick } from '../live/live-refresh';
import { Button, ButtonLink } from '../ui/button';
import { Quiet } from '../ui/values';
import styles from './source-details.module.css';
import { SourceIcon } from './source-icon';
import { type Chip, describeAffected, describeChip, failing } from './sources';

/** What opens below a chip: the services behind it, and for those that fail since when, why and what that affects. */
export function SourceDetails({ chip, now, nextAt }: { chip: Chip; now: number; nextAt: number }) {
  const { retry, busy } = useTick();
  const bad = failing(chip);
  const messages = [...new Set(bad.map(({ message }) => message ?? ''))].filter((message) => message !== '');
  const since = bad.map((service) => service.since).filter((at) => at !== null);
  return (
    <>
      <h2 className={styles.title}>
        <SourceIcon state={chip.state} />
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
                <dt>Failing since</dt>
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
        <Button icon="refresh" aria-disabled={busy || undefined} onClick={() => retry()}>
          {bad.length > 0 ? 'Retry now' : 'Check now'}
        </Button>
        <ButtonLink href="/doctor">Doctor</ButtonLink>
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
          <SourceIcon state={status} />
          {name}
          <Quiet>{status === 'mock' ? 'mock data' : status}</Quiet>
        </li>
      ))}
    </ul>
  );
}

/** The last answer of the service that has been silent longest. */
function describeAnswer(services: SourceView[], now: number): string {
  const times = services.map(({ answered_at: at }) => at);
  const known = times.filter((at) => at !== null);
  if (known.length === 0) return `${MISSING} None yet`;
  const oldest = Math.min(...known);
  return `${formatTime(oldest, now)}, ${formatAge(now - oldest)} ago`;
}

function CopyError({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  async function copy() {
    try {
      // Absent where the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('The browser refused to copy');
    }
  }
  return (
    <>
      <Button icon="copy" onClick={copy}>
        Copy error
      </Button>
      <span role="status">
        <Quiet>{said}</Quiet>
      </span>
    </>
  );
}

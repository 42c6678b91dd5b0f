'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import type { HostFilter } from '@/lib/contract/choices';
import type { Hosts } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatCount, formatNames, formatThings } from '@/lib/format';
import { Button } from '../ui/button';
import button from '../ui/button.module.css';
import { Icon } from '../ui/icon';
import { Segmented } from '../ui/segmented';
import { TextField } from '../ui/text-field';
import { type HostsChoice, hostsAddress, hostsCsvAddress, PAGE_SIZE, sortedBy, USUAL } from './choice';
import styles from './hosts.module.css';
import { HostsTable } from './hosts-table';
import { type PlanOption, PlanSelect } from './plan-select';

type Props = { data: Hosts; choice: HostsChoice; plans: PlanOption[]; limits: Limits; now: number };

/** Long enough for the next letter, short enough to feel at once. */
const TYPING_MS = 150;

/** Every host: searched, filtered, sorted and paged by the address, so that a link shows the same. */
export function HostsPanel({ data, choice, plans, limits, now }: Props) {
  const { hosts, counts, total, offset, plan } = data;
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const go = (next: HostsChoice, how: 'push' | 'replace') =>
    startTransition(() => router[how](hostsAddress(next), { scroll: false }));
  const { text, type } = useTypedSearch(choice.q, (q) => go({ ...choice, q, page: 1 }, 'replace'));

  const page = Math.floor(offset / PAGE_SIZE) + 1;
  const noPlan = plan === null ? 'No plan is applied.' : undefined;
  const filters: { value: HostFilter; label: string; count: string; disabled?: string }[] = [
    { value: 'all', label: 'All', count: formatCount(counts.all) },
    { value: 'hot', label: 'Hot', count: formatCount(counts.hot) },
    { value: 'warm', label: 'Warm', count: formatCount(counts.warm) },
    { value: 'in-plan', label: 'In plan', count: formatCount(counts.in_plan), disabled: noPlan },
  ];
  return (
    <section className={styles.panel} aria-label="Hosts" aria-busy={pending}>
      <div className={styles.toolbar}>
        <div className={styles.search}>
          <TextField label="Host name" placeholder="Host name" value={text} onChange={type} hint="/" />
        </div>
        <Segmented
          label="Which hosts"
          value={choice.show}
          options={filters}
          onChange={(show) => go({ ...choice, show, page: 1 }, 'push')}
        />
        <PlanSelect
          plan={plan}
          plans={plans}
          now={now}
          onChange={(audit) => go({ ...choice, audit, page: 1 }, 'push')}
        />
        <span className={styles.space} />
        <a className={button.button} href={hostsCsvAddress(choice)} download>
          <span className={button.mark}>
            <Icon name="export" />
          </span>
          Export CSV
        </a>
      </div>
      {plan?.reason ? <p className={styles.note}>{plan.reason}</p> : null}
      {total === 0 ? (
        <div className={styles.nothing}>
          <p>{counts.all === 0 && choice.q === '' ? 'Nova knows no compute host.' : 'No host matches.'}</p>
          {choice.q === '' && choice.show === 'all' ? null : (
            <Button onClick={() => go({ ...choice, q: USUAL.q, show: USUAL.show, page: 1 }, 'push')}>
              Clear search and filter
            </Button>
          )}
        </div>
      ) : (
        <HostsTable
          hosts={hosts}
          choice={choice}
          limits={limits}
          onSort={(column) => go(sortedBy(choice, column), 'replace')}
        />
      )}
      {explainDashes(data).map((sentence) => (
        <p key={sentence} className={styles.note}>
          {sentence}
        </p>
      ))}
      <div className={styles.foot}>
        <p role="status" className={styles.quiet}>
          {total === 0
            ? 'No host'
            : `${formatCount(offset + 1)}–${formatCount(offset + hosts.length)} of ${formatThings(total, 'host')}`}
        </p>
        {total <= PAGE_SIZE ? null : (
          <nav className={styles.pages} aria-label="Pages of the table">
            <Button disabled={page === 1} onClick={() => go({ ...choice, page: page - 1 }, 'push')}>
              Previous
            </Button>
            <Button disabled={offset + hosts.length >= total} onClick={() => go({ ...choice, page: page + 1 }, 'push')}>
              Next
            </Button>
          </nav>
        )}
      </div>
    </section>
  );
}

/** What is typed is shown at once and asked for when the typing rests; another address changes it, too. */
function useTypedSearch(asked: string, ask: (text: string) => void) {
  const [text, setText] = useState(asked);
  const sent = useRef(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (asked === sent.current) return;
    sent.current = asked;
    setText(asked);
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const latest = useRef(ask);
  latest.current = ask;
  return {
    text,
    type(next: string) {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        sent.current = next;
        latest.current(next);
      }, TYPING_MS);
    },
  };
}

/** Why some cells of this page are dashes; a sentence for each reason. */
function explainDashes({ hosts }: Hosts): string[] {
  const names = new Map<string, string[]>();
  for (const { name, reason } of hosts) {
    if (reason !== null) names.set(reason, [...(names.get(reason) ?? []), name]);
  }
  return [...names].map(([reason, same]) => `– for ${formatNames(same)}: ${reason}.`);
}

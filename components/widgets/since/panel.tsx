'use client';

import { useEffect, useState } from 'react';
import { Freshness } from '@/components/figures/freshness';
import { Icon } from '@/components/ui/icon';
import { keptHere } from '@/components/ui/kept';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { Loading } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { Name, NameLink, Quiet } from '@/components/ui/values';
import type { News } from '@/lib/contract/v1/news';
import { formatAge, formatTime } from '@/lib/format';
import { DAY_MS, MINUTE_MS } from '@/lib/units';
import styles from './since.module.css';
import { type Visit, visitAt, writeVisit } from './visit';
import { type Line, linesSince } from './words';

/** What happened since this browser looked last. Only the browser knows when that was, so the server keeps the place. */
export function SincePanel({ news, now }: { news: News; now: number }) {
  const visit = useVisit();
  const since = visit === null ? null : Math.max(visit.since ?? now - DAY_MS, news.since);
  const lines = since === null ? [] : linesSince(news.items, since);
  return (
    <Panel
      id="since"
      title="Since you last looked"
      note={visit === null || since === null ? null : describeSince(visit, { since, now })}
      controls={
        <Link href="/activity" prefetch={false}>
          Activity
        </Link>
      }
    >
      <div className={styles.place}>
        {visit === null ? (
          <Loading />
        ) : lines.length === 0 ? (
          <Quiet>No plan ended, no move failed, and nobody else did anything from here.</Quiet>
        ) : (
          <ul className={styles.lines}>
            {lines.map(({ at, line }) => (
              <li key={`${at} ${line.text.join('')}`} className={styles.line}>
                <Quiet>
                  <Time at={at} now={now} />
                </Quiet>
                <Icon name={line.icon} tone={line.tone} />
                <Text line={line} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Freshness what="Plans" reading={news.readings.optimizer} now={now} />
    </Panel>
  );
}

/** "18:40 UTC, 8 h ago" */
function describeSince(visit: Visit, { since, now }: { since: number; now: number }): string {
  if (visit.since === null) return 'the last 24 hours';
  return `${formatTime(since, now)}, ${formatAge(now - since)} ago`;
}

function Text({ line: { text, href } }: { line: Line }) {
  const [before, name, after] = text;
  return (
    <span className={styles.text}>
      {/* One box, or each part of the sentence would have lines of its own. */}
      <span>
        {before}
        {href === null ? <Name>{name}</Name> : <NameLink href={href}>{name}</NameLink>}
        {after}
      </span>
    </span>
  );
}

/** Of each region: looking at one is not looking at another. */
const keyHere = () => ['watcher-visio.looked', keptHere()?.value].filter(Boolean).join(' ');

/** The visit; null until the browser has said. While the page is open, the visit goes on. */
function useVisit(): Visit | null {
  const [visit, setVisit] = useState<Visit | null>(null);
  useEffect(() => {
    const look = () => {
      if (!document.hidden) setVisit(keepVisit());
    };
    look();
    const timer = setInterval(look, MINUTE_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return visit;
}

function keepVisit(): Visit {
  try {
    const visit = visitAt(window.localStorage.getItem(keyHere()), Date.now());
    window.localStorage.setItem(keyHere(), writeVisit(visit));
    return visit;
  } catch {
    // A browser that stores nothing looks for the first time, always.
    return visitAt(null, Date.now());
  }
}

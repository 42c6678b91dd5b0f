'use client';

import { useEffect, useRef, useState } from 'react';
import type { RunEvent } from '@/lib/contract/v1/run';
import { formatTime } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { Icon, type IconName, type IconTone } from '../ui/icon';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import styles from './run-events.module.css';

const LOOKS: Record<RunEvent['kind'], { icon: IconName; tone: IconTone }> = {
  begun: { icon: 'play', tone: 'accent' },
  started: { icon: 'play', tone: 'accent' },
  done: { icon: 'ok', tone: 'ok' },
  failed: { icon: 'error', tone: 'error' },
  aborted: { icon: 'stop', tone: 'quiet' },
  trouble: { icon: 'warn', tone: 'warn' },
  stopping: { icon: 'stop', tone: 'warn' },
  ended: { icon: 'check', tone: 'quiet' },
};

const FIRST = 6;

/** What happened, newest first. */
export function RunEvents({ events, now }: { events: RunEvent[]; now: number }) {
  const shown = useShown(events.length, FIRST);
  const spoken = useSpoken(events);
  return (
    <Panel title="Events">
      {/* Not live itself: what is worth saying aloud is said below, and not too often. */}
      <div role="log" aria-live="off" aria-label="Events">
        <ol className={styles.events}>
          {events.length === 0 ? <li className={styles.none}>Nothing has happened yet.</li> : null}
          {events.slice(0, shown.count).map(({ id, at, kind, subject, text }) => (
            <li key={id}>
              <time dateTime={new Date(at).toISOString()} title={formatTime(at, now)}>
                {new Date(at).toISOString().slice(11, 19)}
              </time>
              <span className={styles.mark}>
                <Icon name={LOOKS[kind].icon} size={14} tone={LOOKS[kind].tone} />
              </span>
              <span>
                {subject === null ? null : <b>{subject} </b>}
                {text}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
      <ShowMore shown={shown} />
    </Panel>
  );
}

const ALOUD: RunEvent['kind'][] = ['done', 'failed', 'aborted', 'ended'];
const SPEECH_MS = 15 * SECOND_MS;
/** More at once are counted. */
const MOST_SPOKEN = 3;

/** What is said aloud: moves that ended and the end of the run, at most every 15 s; nothing of what was there before. */
function useSpoken(events: RunEvent[]): string {
  const [spoken, setSpoken] = useState('');
  const known = useRef<Set<string> | null>(null);
  const waiting = useRef<RunEvent[]>([]);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const before = known.current;
    known.current = new Set(events.map(({ id }) => id));
    if (before === null) return;
    waiting.current.push(...events.filter(({ id, kind }) => !before.has(id) && ALOUD.includes(kind)).reverse());
    if (waiting.current.length === 0) return;
    const speak = () => {
      lastAt.current = Date.now();
      setSpoken(inWords(waiting.current.splice(0)));
    };
    const timer = setTimeout(speak, Math.max(0, lastAt.current + SPEECH_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [events]);
  return spoken;
}

function inWords(events: RunEvent[]): string {
  const said = events
    .slice(-MOST_SPOKEN)
    .map(({ subject, text }) => `${subject === null ? '' : `${subject} `}${text}.`);
  const rest = events.length - said.length;
  return [...(rest > 0 ? [`${rest} more events.`] : []), ...said].join(' ');
}

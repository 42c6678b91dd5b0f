'use client';

import type { KeyboardEvent } from 'react';
import { formatThings } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { usePages } from '../ui/use-pages';
import { Quiet } from '../ui/values';
import type { TimelineEvent } from './events';
import styles from './stepper.module.css';

type Props = {
  events: TimelineEvent[];
  /** Position of the chosen one; null before any. */
  at: number | null;
  choose: (at: number) => void;
  /** The address of the page for one name only. */
  addressFor: (name: string) => string;
};

const NONE = 'None chosen';

/** Steps through the events with the arrow keys; Enter shows only what has the name of the chosen one. */
export function Stepper({ events, at, choose, addressFor }: Props) {
  const pages = usePages();
  if (events.length === 0) return null;
  const current = at === null ? undefined : events[at];
  const last = events.length - 1;
  function press(event: KeyboardEvent) {
    const to: Record<string, number> = {
      ArrowLeft: at === null ? last : Math.max(0, at - 1),
      ArrowRight: at === null ? last : Math.min(last, at + 1),
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      choose(next);
    }
    if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      pages.push(addressFor(current.name), { scroll: false });
    }
  }
  return (
    <div className={styles.stepper} data-hide="print">
      <div
        className={styles.slider}
        role="slider"
        tabIndex={0}
        aria-label="Events on the timeline"
        aria-valuemin={1}
        aria-valuemax={events.length}
        aria-valuenow={at === null ? events.length : at + 1}
        aria-valuetext={current?.words ?? NONE}
        onKeyDown={press}
      >
        {current === undefined ? (
          <Quiet>{formatThings(events.length, 'event')}: step through them with ← and →, filter with Enter</Quiet>
        ) : (
          current.words
        )}
      </div>
      {current === undefined ? null : (
        <ButtonLink href={addressFor(current.name)} scroll={false}>
          Only {current.name}
        </ButtonLink>
      )}
    </div>
  );
}

'use client';

import type { KeyboardEvent } from 'react';
import { formatThings } from '@/lib/format';
import { Button, ButtonLink } from '../ui/button';
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

/** Steps through the events with buttons or the arrow keys; Enter shows only what has the name of the chosen one. */
export function Stepper({ events, at, choose, addressFor }: Props) {
  const pages = usePages();
  if (events.length === 0) return null;
  const current = at === null ? undefined : events[at];
  const last = events.length - 1;
  const earlier = at === null ? last : Math.max(0, at - 1);
  const later = at === null ? last : Math.min(last, at + 1);
  function press(event: KeyboardEvent) {
    const to: Record<string, number> = {
      ArrowLeft: earlier,
      ArrowRight: later,
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
      <span className={styles.buttons}>
        <Button onClick={() => choose(earlier)} aria-label="Earlier event" aria-disabled={at === 0}>
          ←
        </Button>
        <Button onClick={() => choose(later)} aria-label="Later event" aria-disabled={at === last}>
          →
        </Button>
      </span>
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
          <Quiet>
            {formatThings(events.length, 'event')}: step through them with ← and →; Enter shows only those of one name
          </Quiet>
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

'use client';

import { useEffect, useRef } from 'react';
import type { Sources } from '@/lib/contract/v1/sources';
import { formatAge } from '@/lib/format';
import { useTick } from '../live/live-refresh';
import { useNow } from '../live/now';
import { useSources } from '../live/use-answer';
import { Popover } from '../ui/popover';
import styles from './source-chips.module.css';
import { SourceDetails } from './source-details';
import { SourceIcon } from './source-icon';
import { type Chip, chipsToShow, describeStates, listChips, TONES } from './sources';

type Props = {
  /** Between two checks of the sources. */
  seconds: number;
  /** What was known when the page was rendered. */
  initial: Sources | undefined;
  /** The time of rendering; ms. */
  rendered: number;
};

/** How each source is doing: a shape, and a word or the age of the last check. A press opens the details. */
export function SourceChips({ seconds, initial, rendered }: Props) {
  const now = useNow(rendered);
  const { data } = useSources(seconds, initial);
  const { refresh, lost } = useTick();
  const staleMs = 2 * seconds * 1000;
  const chips = listChips(lost ? undefined : data, now, staleMs);
  const states = describeStates(chips);
  useRefreshOnChange(chips, refresh);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields
    <div role="group" aria-label="Data sources" className={styles.chips} data-hide="no-script">
      {chipsToShow(chips, now, staleMs).map((chip) => (
        <SourceChip key={chip.name} chip={chip} now={now} nextAt={(chip.checkedAt ?? now) + seconds * 1000} />
      ))}
      <span role="status" className="visually-hidden">
        {states}
      </span>
    </div>
  );
}

/** Refreshes the page when a source fails or recovers, instead of waiting for the next tick. */
function useRefreshOnChange(chips: Chip[], refresh: () => Promise<void>) {
  const failing = chips.map(({ state }) => (state === 'checking' ? '?' : state === 'error' ? '1' : '0')).join('');
  const before = useRef(failing);
  useEffect(() => {
    const known = !before.current.includes('?') && !failing.includes('?');
    if (known && before.current !== failing) refresh().catch(() => {});
    before.current = failing;
  }, [failing, refresh]);
}

function SourceChip({ chip, now, nextAt }: { chip: Chip; now: number; nextAt: number }) {
  const { name, state } = chip;
  return (
    <Popover
      label={name}
      align="end"
      trigger={(props) => (
        <button type="button" {...props} className={styles.chip} data-tone={TONES[state]}>
          <SourceIcon state={state} />
          <span className={styles.name}>{name}</span>
          <ChipText chip={chip} now={now} />
        </button>
      )}
    >
      <SourceDetails chip={chip} now={now} nextAt={nextAt} />
    </Popover>
  );
}

function ChipText({ chip: { state, checkedAt }, now }: { chip: Chip; now: number }) {
  const age = checkedAt === null ? '' : formatAge(now - checkedAt);
  switch (state) {
    case 'ok':
      return (
        <>
          <span className={styles.ok}>ok</span>
          <span className="visually-hidden">, checked </span>
          <span className={styles.age} data-hide="tablet">
            {age}
          </span>
          <span className="visually-hidden"> ago</span>
        </>
      );
    case 'old':
      return <span className={styles.text}>{age} old</span>;
    case 'error':
      return <span className={styles.text}>error</span>;
    case 'mock':
      return <span className={styles.text}>mock data</span>;
    case 'checking':
      // As wide as the age that replaces it, so that nothing moves.
      return (
        <>
          <span className={styles.ok}>
            <span className="visually-hidden">checking</span>
          </span>
          <span className={styles.age} data-hide="tablet" />
        </>
      );
  }
}

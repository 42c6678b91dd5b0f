'use client';

import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type BandOrNone, wordOf } from '@/components/figures/bands';
import { useKeep } from '@/components/ui/kept-query';
import { shortenNames } from '@/components/ui/names';
import { usePages } from '@/components/ui/use-pages';
import { ownPath, withBase } from '@/lib/base-path';
import type { HostColumns, HostsAfter } from '@/lib/contract/v1/host-map';
import { formatPercent, MISSING } from '@/lib/format';
import styles from './cells.module.css';
import { HostTooltip } from './host-tooltip';
import { FEWEST, moveIn, stepOf } from './layout';

type Props = {
  hosts: HostColumns;
  after: HostsAfter | null;
  loads: (number | null)[];
  bands: BandOrNone[];
  metric: 'cpu' | 'ram';
  /** The values are old. */
  old: boolean;
};

/** The grid: one tab stop. Arrows, Home and End move within it, Enter opens the host. */
export function Cells({ hosts, after, loads, bands, metric, old }: Props) {
  const pages = usePages();
  const grid = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  const { names } = hosts;
  const short = useMemo(() => shortenNames(names), [names]);
  const { step, withText } = stepOf(names.length);
  const wholeNames = step === FEWEST;
  const stop = Math.min(current, names.length - 1);
  // The load after another plan shows in the tooltip only, so a thousand cells need not be rendered for it.
  const cells = useMemo(
    () =>
      names.map((name, at) => (
        <Cell
          key={name}
          at={at}
          name={name}
          short={wholeNames ? name : (short.get(name) ?? name)}
          load={loads[at] ?? null}
          band={bands[at] ?? null}
          metric={metric}
          away={hosts.away[name]}
          withText={withText}
          isStop={at === stop}
        />
      )),
    [names, short, wholeNames, loads, bands, metric, hosts.away, withText, stop],
  );

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') return setPointed(null);
    const columns = grid.current ? getComputedStyle(grid.current).gridTemplateColumns.split(' ').length : 1;
    const to = moveIn({ count: names.length, columns }, current, event.key);
    if (to === null) return;
    event.preventDefault();
    setCurrent(to);
    grid.current?.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
  }

  function onFocus(event: FocusEvent) {
    const at = indexOf(event.target);
    if (at === null) return;
    setCurrent(at);
    setPointed(at);
  }

  function onClick(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    pages.push(ownPath(link.pathname));
  }

  return (
    <div className={styles.area}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields */}
      <div
        ref={grid}
        role="group"
        aria-label="Hosts. Use arrow keys to move, Enter to open"
        className={`${styles.grid} ${withText ? styles.tiles : styles.squares}`}
        data-hosts={step}
        data-old={old || undefined}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={() => setPointed(null)}
        onClick={onClick}
        onPointerOver={(event: PointerEvent) => setPointed(indexOf(event.target))}
        onPointerLeave={() => setPointed(null)}
      >
        {cells}
      </div>
      {pointed === null || pointed >= names.length ? null : (
        <HostTooltip grid={grid} at={pointed} hosts={hosts} after={after} />
      )}
    </div>
  );
}

function indexOf(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest('[data-at]') : null;
  const at = Number.parseInt(cell?.getAttribute('data-at') ?? '', 10);
  return Number.isNaN(at) ? null : at;
}

type CellProps = {
  at: number;
  name: string;
  short: string;
  load: number | null;
  band: BandOrNone;
  metric: 'cpu' | 'ram';
  away: string | undefined;
  withText: boolean;
  isStop: boolean;
};

const Cell = memo(function Cell({ at, name, short, load, band, metric, away, withText, isStop }: CellProps) {
  const word = wordOf(band);
  const keep = useKeep();
  const label = nameOf({ name, load, metric, word, away });
  return (
    <a
      href={withBase(keep(`/hosts/${encodeURIComponent(name)}/`))}
      className={styles.cell}
      data-at={at}
      data-band={band ?? 'none'}
      data-away={away === undefined ? undefined : ''}
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
    >
      {withText ? (
        <>
          <span className={styles.name}>{short}</span>{' '}
          <span className={styles.load}>
            {load === null ? (away ?? MISSING) : formatPercent(load, 0)}
            {word === null ? null : <Triangle filled={word === 'hot'} />}
          </span>
        </>
      ) : null}
    </a>
  );
});

type Named = {
  name: string;
  load: number | null;
  metric: 'cpu' | 'ram';
  word: string | null;
  away: string | undefined;
};

/** "cmp-r01-04 91% CPU, hot". The text of the cell is in it in one piece, for people who say what they see (WCAG 2.5.3). */
function nameOf({ name, load, metric, word, away }: Named): string {
  const what = metric === 'cpu' ? 'CPU' : 'RAM';
  if (load === null) return `${away === undefined ? name : `${name} ${away}`}, ${what} not measured`;
  return `${name} ${formatPercent(load, 0)} ${[what, word, away].filter(Boolean).join(', ')}`;
}

/** The mark of a host beyond a limit: outlined if warm, filled if hot. */
function Triangle({ filled }: { filled: boolean }) {
  return (
    <svg className={styles.mark} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {filled ? (
        <path d="M6 1.5 11.2 10.5H.8Z" fill="currentColor" />
      ) : (
        <path d="M6 2.4 10.4 10H1.6Z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      )}
    </svg>
  );
}

import type { Migration } from '@/lib/contract/v1/audits';
import type { ProjectOfMove } from '@/lib/contract/v1/projects';
import { compareNames, sortBy } from '@/lib/sort';
import { impactOfMove, SCHEDULER_CHOOSES } from './words';

/** Which migrations are shown, and in which order; all of it is in the address. */
export type SortKey = 'order' | 'instance' | 'source' | 'flavor' | 'vcpus' | 'ram' | 'impact' | 'wave' | 'state';

export type Filters = {
  text: string;
  source: string;
  destination: string;
  impact: string;
  sort: SortKey;
  descending: boolean;
};

export const NO_FILTERS: Filters = {
  text: '',
  source: '',
  destination: '',
  impact: '',
  sort: 'order',
  descending: false,
};

/** What the picture of the moves and the lists of filters need; it does not depend on the owners of the VMs. */
export type FlowMove = Omit<Migration, keyof ProjectOfMove>;

/** Stands for a destination that the scheduler chooses; no host can have this name. */
export const SCHEDULER = '*';
/** Stands for an unknown impact. */
export const UNKNOWN_IMPACT = 'unknown';

export const destinationOf = ({ destination }: FlowMove): string => destination ?? SCHEDULER;

/** What is shown for a source or destination in the filters. */
export const placeLabel = (host: string): string => {
  if (host === SCHEDULER) return SCHEDULER_CHOOSES;
  return host === '' ? 'unknown host' : host;
};

const impactOf = ({ impact }: FlowMove): string => impact ?? UNKNOWN_IMPACT;

/** Query parameters; short, since links are shared. */
export const FILTER_PARAMETERS = ['q', 'from', 'to', 'impact', 'sort'] as const;

const SORT_KEYS: SortKey[] = ['order', 'instance', 'source', 'flavor', 'vcpus', 'ram', 'impact', 'wave', 'state'];

export function readFilters(query: URLSearchParams): Filters {
  const sort = query.get('sort') ?? '';
  const key = SORT_KEYS.find((known) => known === sort.replace(/^-/, ''));
  return {
    text: query.get('q') ?? '',
    source: query.get('from') ?? '',
    destination: query.get('to') ?? '',
    impact: query.get('impact') ?? '',
    sort: key ?? 'order',
    descending: key !== undefined && sort.startsWith('-'),
  };
}

type Parameters = Record<(typeof FILTER_PARAMETERS)[number], string | null>;

/** Query parameters for the given filters; null removes one. `sort` and `descending` are changed together. */
export function writeFilters(changes: Partial<Filters>): Partial<Parameters> {
  const { text, source, destination, impact, sort, descending = false } = changes;
  return {
    ...(text === undefined ? {} : { q: text || null }),
    ...(source === undefined ? {} : { from: source || null }),
    ...(destination === undefined ? {} : { to: destination || null }),
    ...(impact === undefined ? {} : { impact: impact || null }),
    ...(sort === undefined
      ? {}
      : { sort: isPlanOrder({ sort, descending }) ? null : `${descending ? '-' : ''}${sort}` }),
  };
}

export const isPlanOrder = ({ sort, descending }: Pick<Filters, 'sort' | 'descending'>): boolean =>
  sort === 'order' && !descending;

export const isFiltered = ({ text, source, destination, impact }: Filters): boolean =>
  text.trim() !== '' || source !== '' || destination !== '' || impact !== '';

/** A migration and its place in the plan, from 1. */
export type Row = { order: number; move: Migration };

/** The rows that match, sorted. The text is searched for in instance, hosts, flavor and project. */
export function selectRows(migrations: Migration[], filters: Filters): Row[] {
  const words = filters.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const rows = migrations
    .map((move, position): Row => ({ order: position + 1, move }))
    .filter(({ move }) => {
      if (filters.source !== '' && move.source !== filters.source) return false;
      if (filters.destination !== '' && destinationOf(move) !== filters.destination) return false;
      if (filters.impact !== '' && impactOf(move) !== filters.impact) return false;
      const text =
        `${move.vm_name} ${move.source} ${move.destination ?? ''} ${move.flavor ?? ''} ${move.project_name ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  return sortBy(rows, SORT_VALUES[filters.sort], filters.descending);
}

const SORT_VALUES: Record<SortKey, (row: Row) => string | number | null> = {
  order: ({ order }) => order,
  instance: ({ move }) => move.vm_name,
  source: ({ move }) => move.source || null,
  flavor: ({ move }) => move.flavor,
  vcpus: ({ move }) => move.vcpus,
  ram: ({ move }) => move.ram,
  impact: ({ move }) => impactOfMove(move),
  wave: ({ move }) => move.wave,
  state: ({ move }) => move.state,
};

/** Sizes start with the largest, everything else with the first; selecting the same column again reverses the order. */
export function nextSort({ sort, descending }: Filters, wanted: SortKey): Pick<Filters, 'sort' | 'descending'> {
  if (sort === wanted) return { sort, descending: !descending };
  return { sort: wanted, descending: ['vcpus', 'ram', 'impact'].includes(wanted) };
}

export type Choice = { value: string; count: number };

/** The values of each filter and how often they occur: names in natural order, impacts from the highest. */
export function listChoices(migrations: FlowMove[]): { sources: Choice[]; destinations: Choice[]; impacts: Choice[] } {
  const count = (of: (move: FlowMove) => string) => {
    const counts = new Map<string, number>();
    for (const move of migrations) counts.set(of(move), (counts.get(of(move)) ?? 0) + 1);
    return [...counts].map(([value, times]) => ({ value, count: times }));
  };
  const byName = (a: Choice, b: Choice) => compareNames(a.value, b.value);
  const ranks = ['High', 'Medium', 'Low', UNKNOWN_IMPACT];
  return {
    sources: count(({ source }) => source)
      .filter(({ value }) => value !== '')
      .sort(byName),
    destinations: count(destinationOf).sort(byName),
    impacts: count(impactOf).sort((a, b) => ranks.indexOf(a.value) - ranks.indexOf(b.value)),
  };
}

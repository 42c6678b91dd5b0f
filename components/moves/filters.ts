import type { Migration } from '@/lib/contract/v1/audits';

/** Which migrations are shown and in which order. All of it is in the address. */
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

/** Stands for a destination that the scheduler will choose; no host can be called so. */
export const SCHEDULER = '*';
/** Stands for an impact that is not known. */
export const UNKNOWN_IMPACT = 'unknown';

export const destinationOf = ({ destination }: Migration): string => destination ?? SCHEDULER;
export const impactOf = ({ impact }: Migration): string => impact ?? UNKNOWN_IMPACT;

/** Names in the address, short because links are sent around. */
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

/** What to write into the address; what is usual is left out. */
export function writeFilters(filters: Filters): Record<(typeof FILTER_PARAMETERS)[number], string | null> {
  const { text, source, destination, impact, sort, descending } = filters;
  const usual = sort === 'order' && !descending;
  return {
    q: text || null,
    from: source || null,
    to: destination || null,
    impact: impact || null,
    sort: usual ? null : `${descending ? '-' : ''}${sort}`,
  };
}

export const isFiltered = ({ text, source, destination, impact }: Filters): boolean =>
  text.trim() !== '' || source !== '' || destination !== '' || impact !== '';

/** A migration and its place in the plan, from 1. */
export type Row = { order: number; move: Migration };

/** The wanted rows in the wanted order. Text is looked for in the instance, both hosts and the flavor. */
export function selectRows(migrations: Migration[], filters: Filters): Row[] {
  const words = filters.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const rows = migrations
    .map((move, position): Row => ({ order: position + 1, move }))
    .filter(({ move }) => {
      if (filters.source !== '' && move.source !== filters.source) return false;
      if (filters.destination !== '' && destinationOf(move) !== filters.destination) return false;
      if (filters.impact !== '' && impactOf(move) !== filters.impact) return false;
      const text = `${move.instance_name} ${move.source} ${move.destination ?? ''} ${move.flavor ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  return sortRows(rows, filters);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const pointsOf = ({ source_points: source, destination_points: destination }: Migration): number | null =>
  source === null && destination === null ? null : Math.max(source ?? 0, destination ?? 0);

const SORT_VALUES: Record<SortKey, (row: Row) => string | number | null> = {
  order: ({ order }) => order,
  instance: ({ move }) => move.instance_name,
  source: ({ move }) => move.source || null,
  flavor: ({ move }) => move.flavor,
  vcpus: ({ move }) => move.vcpus,
  ram: ({ move }) => move.ram,
  impact: ({ move }) => pointsOf(move),
  wave: ({ move }) => move.wave,
  state: ({ move }) => move.state,
};

/** What is not known is last, whichever way it goes; what is equal keeps the order of the plan. */
function sortRows(rows: Row[], { sort, descending }: Filters): Row[] {
  const value = SORT_VALUES[sort];
  return rows.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a.order - b.order;
    const difference =
      typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));
    return (descending ? -difference : difference) || a.order - b.order;
  });
}

/** Sizes are looked for from the top, names from the start; a second click turns the order around. */
export function nextSort({ sort, descending }: Filters, wanted: SortKey): Pick<Filters, 'sort' | 'descending'> {
  if (sort === wanted) return { sort, descending: !descending };
  return { sort: wanted, descending: ['vcpus', 'ram', 'impact'].includes(wanted) };
}

export type Choice = { value: string; count: number };

/** What can be chosen in each filter, in natural order; impacts from the highest. */
export function listChoices(migrations: Migration[]): { sources: Choice[]; destinations: Choice[]; impacts: Choice[] } {
  const count = (of: (move: Migration) => string) => {
    const counts = new Map<string, number>();
    for (const move of migrations) counts.set(of(move), (counts.get(of(move)) ?? 0) + 1);
    return [...counts].map(([value, times]) => ({ value, count: times }));
  };
  const byName = (a: Choice, b: Choice) => collator.compare(a.value, b.value);
  const ranks = ['High', 'Medium', 'Low', UNKNOWN_IMPACT];
  return {
    sources: count(({ source }) => source)
      .filter(({ value }) => value !== '')
      .sort(byName),
    destinations: count(destinationOf).sort(byName),
    impacts: count(impactOf).sort((a, b) => ranks.indexOf(a.value) - ranks.indexOf(b.value)),
  };
}

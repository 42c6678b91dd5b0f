import type { HistoryRange, HostColumn, HostFilter } from '@/lib/contract/choices';

/** What the address of the host pages says. */
export type HostsChoice = {
  q: string;
  show: HostFilter;
  sort: HostColumn;
  order: 'asc' | 'desc';
  /** The first page is 1. */
  page: number;
  /** Id or name of the audit whose plan is shown; `none` for no plan; the newest where nothing is said. */
  audit: string | undefined;
};

export const PAGE_SIZE = 24;

const FILTERS: readonly HostFilter[] = ['all', 'hot', 'warm', 'in-plan'];

/** Columns in the order of the table, and the order that comes first when one is chosen: what matters on top. */
export const FIRST_ORDER: Record<HostColumn, 'asc' | 'desc'> = {
  name: 'asc',
  state: 'desc',
  cpu: 'desc',
  'cpu-after': 'desc',
  ram: 'desc',
  'ram-after': 'desc',
  vms: 'desc',
  vcpu: 'desc',
  overcommit: 'desc',
  vram: 'desc',
  cores: 'desc',
  'ram-size': 'desc',
};

/** What is shown where the address says nothing. */
export const USUAL: HostsChoice = { q: '', show: 'all', sort: 'cpu', order: 'desc', page: 1, audit: undefined };

export type Query = Record<string, string | string[] | undefined>;

/** A parameter of the address; of several of one name the first. */
export function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return Array.isArray(value) ? value[0] : value;
}

const isColumn = (text: string): text is HostColumn => Object.hasOwn(FIRST_ORDER, text);

/** What makes no sense is taken for what is usual: an address is typed by people, too. */
export function readHostsChoice(query: Query): HostsChoice {
  const given = single(query, 'sort') ?? USUAL.sort;
  const sort = isColumn(given) ? given : USUAL.sort;
  const order = single(query, 'order');
  const page = Number.parseInt(single(query, 'page') ?? '1', 10);
  return {
    q: single(query, 'q') ?? '',
    show: FILTERS.find((filter) => filter === single(query, 'show')) ?? USUAL.show,
    sort,
    order: order === 'asc' || order === 'desc' ? order : FIRST_ORDER[sort],
    page: page > 0 ? page : 1,
    audit: single(query, 'audit') || undefined,
  };
}

/** The parameters of a choice; what is usual is left out. */
function parametersOf({ q, show, sort, order, page, audit }: HostsChoice): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (show !== USUAL.show) query.set('show', show);
  if (sort !== USUAL.sort) query.set('sort', sort);
  if (order !== FIRST_ORDER[sort]) query.set('order', order);
  if (page > 1) query.set('page', String(page));
  if (audit !== undefined) query.set('audit', audit);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export const hostsAddress = (choice: HostsChoice): string => `/hosts/${parametersOf(choice)}`;

/** Of all that match, whatever the page. */
export const hostsCsvAddress = (choice: HostsChoice): string => `/hosts.csv${parametersOf({ ...choice, page: 1 })}`;

/** The order that a click on a column's head brings: its own first, then the other way round. */
export function sortedBy(choice: HostsChoice, sort: HostColumn): HostsChoice {
  const turned = choice.order === 'asc' ? 'desc' : 'asc';
  return { ...choice, sort, order: choice.sort === sort ? turned : FIRST_ORDER[sort], page: 1 };
}

export type HostChoice = { audit: string | undefined; range: HistoryRange };

export const RANGES: readonly HistoryRange[] = ['1h', '6h', '24h'];
export const USUAL_RANGE: HistoryRange = '6h';

export function readHostChoice(query: Query): HostChoice {
  return {
    audit: single(query, 'audit') || undefined,
    range: RANGES.find((range) => range === single(query, 'range')) ?? USUAL_RANGE,
  };
}

export function hostAddress(name: string, { audit, range }: Partial<HostChoice> = {}): string {
  const query = new URLSearchParams();
  if (audit !== undefined) query.set('audit', audit);
  if (range !== undefined && range !== USUAL_RANGE) query.set('range', range);
  const text = query.toString();
  return `/hosts/${encodeURIComponent(name)}/${text === '' ? '' : `?${text}`}`;
}

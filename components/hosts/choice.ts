import {
  DEFAULT_RANGE,
  firstOrder,
  HISTORY_RANGES,
  type HistoryRange,
  HOST_COLUMNS,
  HOST_FILTERS,
  type HostColumn,
  type HostFilter,
} from '@/lib/contract/choices';
import { hostAddress } from '../figures/addresses';

/** The choices in the address of the host table. */
export type HostsChoice = {
  q: string;
  /** By name; all without one. */
  zone: string | undefined;
  aggregate: string | undefined;
  show: HostFilter;
  sort: HostColumn;
  order: 'asc' | 'desc';
  /** The first page is 1. */
  page: number;
  /** Id or name of the audit whose plan is applied; `none` for no plan; the newest by default. */
  audit: string | undefined;
};

export const PAGE_SIZE = 24;

export const DEFAULTS: HostsChoice = {
  q: '',
  zone: undefined,
  aggregate: undefined,
  show: 'all',
  sort: 'cpu',
  order: 'desc',
  page: 1,
  audit: undefined,
};

export type Query = Record<string, string | string[] | undefined>;

/** A query parameter; the first one if it is repeated. */
function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Invalid values fall back to the defaults. */
export function readHostsChoice(query: Query): HostsChoice {
  const sort = HOST_COLUMNS.find((column) => column === single(query, 'sort')) ?? DEFAULTS.sort;
  const order = single(query, 'order');
  const page = Number.parseInt(single(query, 'page') ?? '1', 10);
  return {
    q: single(query, 'q') ?? '',
    zone: single(query, 'zone') || undefined,
    aggregate: single(query, 'aggregate') || undefined,
    show: HOST_FILTERS.find((filter) => filter === single(query, 'show')) ?? DEFAULTS.show,
    sort,
    order: order === 'asc' || order === 'desc' ? order : firstOrder(sort),
    page: page > 0 ? page : 1,
    audit: single(query, 'audit') || undefined,
  };
}

/** The query of a choice, without defaults. */
function parametersOf({ q, zone, aggregate, show, sort, order, page, audit }: HostsChoice): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (zone !== undefined) query.set('zone', zone);
  if (aggregate !== undefined) query.set('aggregate', aggregate);
  if (show !== DEFAULTS.show) query.set('show', show);
  if (sort !== DEFAULTS.sort) query.set('sort', sort);
  if (order !== firstOrder(sort)) query.set('order', order);
  if (page > 1) query.set('page', String(page));
  if (audit !== undefined) query.set('audit', audit);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export const hostsAddress = (choice: HostsChoice): string => `/hosts/${parametersOf(choice)}`;

/** All matching hosts, not only one page. */
export const hostsCsvAddress = (choice: HostsChoice): string => `/hosts.csv${parametersOf({ ...choice, page: 1 })}`;

/** The choice after a click on a column: its first order, then the reverse. */
export function sortedBy(choice: HostsChoice, sort: HostColumn): HostsChoice {
  const turned = choice.order === 'asc' ? 'desc' : 'asc';
  return { ...choice, sort, order: choice.sort === sort ? turned : firstOrder(sort), page: 1 };
}

/** The choices in the address of a host. */
export type HostChoice = { audit: string | undefined; range: HistoryRange };

export function readHostChoice(query: Query): HostChoice {
  return {
    audit: single(query, 'audit') || undefined,
    range: HISTORY_RANGES.find((range) => range === single(query, 'range')) ?? DEFAULT_RANGE,
  };
}

export function hostPageAddress(name: string, { audit, range }: Partial<HostChoice> = {}): string {
  const query = new URLSearchParams();
  if (audit !== undefined) query.set('audit', audit);
  if (range !== undefined && range !== DEFAULT_RANGE) query.set('range', range);
  const text = query.toString();
  return `${hostAddress(name)}${text === '' ? '' : `?${text}`}`;
}

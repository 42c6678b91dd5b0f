import { VM_COLUMNS, VM_FILTERS, type VmColumn, type VmFilter } from '@/lib/contract/choices';

/** The choices in the address of the list of VMs. */
export type VmsChoice = {
  q: string;
  show: VmFilter;
  /** Id or name. */
  project: string | undefined;
  sort: VmColumn;
  order: 'asc' | 'desc';
  /** The first page is 1. */
  page: number;
};

export const PAGE_SIZE = 24;

export const DEFAULTS: VmsChoice = { q: '', show: 'all', project: undefined, sort: 'name', order: 'asc', page: 1 };

export type Query = Record<string, string | string[] | undefined>;

/** A query parameter; the first one if it is repeated. */
function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Invalid values fall back to the defaults. */
export function readVmsChoice(query: Query): VmsChoice {
  const page = Number.parseInt(single(query, 'page') ?? '1', 10);
  return {
    q: single(query, 'q') ?? '',
    show: VM_FILTERS.find((filter) => filter === single(query, 'show')) ?? DEFAULTS.show,
    project: single(query, 'project') || undefined,
    sort: VM_COLUMNS.find((column) => column === single(query, 'sort')) ?? DEFAULTS.sort,
    order: single(query, 'order') === 'desc' ? 'desc' : 'asc',
    page: page > 0 ? page : 1,
  };
}

/** The query of a choice, without defaults. */
function parametersOf({ q, show, project, sort, order, page }: VmsChoice): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (show !== DEFAULTS.show) query.set('show', show);
  if (project !== undefined) query.set('project', project);
  if (sort !== DEFAULTS.sort) query.set('sort', sort);
  if (order !== DEFAULTS.order) query.set('order', order);
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export const vmsAddress = (choice: Partial<VmsChoice> = {}): string =>
  `/vms/${parametersOf({ ...DEFAULTS, ...choice })}`;

/** All VMs that match, not only one page. */
export const vmsCsvAddress = (choice: VmsChoice): string => `/vms.csv${parametersOf({ ...choice, page: 1 })}`;

/** The choice after a click on a column: ascending, then the reverse. */
export function sortedBy(choice: VmsChoice, sort: VmColumn): VmsChoice {
  const order = choice.sort === sort && choice.order === 'asc' ? 'desc' : 'asc';
  return { ...choice, sort, order, page: 1 };
}

import { PLAN_PARTS, type PlanPart } from '@/lib/contract/choices';

/** The choices in the address of the list of plans. */
export type PlansChoice = {
  q: string;
  show: PlanPart;
  /** The first page is 1. */
  page: number;
  goal: string | undefined;
  strategy: string | undefined;
};

export const PAGE_SIZE = 25;

export const DEFAULTS: PlansChoice = { q: '', show: 'waiting', page: 1, goal: undefined, strategy: undefined };

export type Query = Record<string, string | string[] | undefined>;

/** A query parameter; the first one if it is repeated, undefined if it is empty. */
function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

/** Invalid values fall back to the defaults. */
export function readPlansChoice(query: Query): PlansChoice {
  const page = Number.parseInt(single(query, 'page') ?? '1', 10);
  return {
    q: single(query, 'q') ?? '',
    show: PLAN_PARTS.find((part) => part === single(query, 'show')) ?? DEFAULTS.show,
    page: page > 0 ? page : 1,
    goal: single(query, 'goal'),
    strategy: single(query, 'strategy'),
  };
}

/** The query of a choice, without defaults. */
function parametersOf({ q, show, page, goal, strategy }: PlansChoice): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (show !== DEFAULTS.show) query.set('show', show);
  if (goal !== undefined) query.set('goal', goal);
  if (strategy !== undefined) query.set('strategy', strategy);
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export const plansListAddress = (choice: PlansChoice): string => `/plans/${parametersOf(choice)}`;

/** The plans of this part that match, not only one page of them. */
export function plansCsvAddress(choice: PlansChoice): string {
  const query = new URLSearchParams(parametersOf({ ...choice, page: 1 }));
  query.set('show', choice.show);
  return `/plans.csv?${query}`;
}

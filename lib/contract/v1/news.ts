import type { Readings } from './readings';

/**
 * What happened lately, for people who were away. Not an endpoint: part of a page, from what the readings and the journal have.
 * Times in ms.
 */

type OfPlan = { audit_id: string; audit: string; plan_id: string };

export type NewsItem = { at: number } & (
  | ({ kind: 'plan-ended'; failed: boolean; outcome: string | null } & OfPlan)
  | ({ kind: 'move-failed'; vm: string; stays_on: string | null } & OfPlan)
  /** A host that a plan disabled, and that nothing will enable again. */
  | { kind: 'host-closed'; host: string; audit: string | null }
  /** Of somebody else than the visitor. `plan` is null if the act was on something else. */
  | { kind: 'act'; act: string; person: string; reason: string; name: string; failed: boolean; plan: OfPlan | null }
);

export type News = {
  /** Newest first, as far back as `since`. */
  items: NewsItem[];
  since: number;
  readings: Readings;
};

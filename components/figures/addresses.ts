const segment = encodeURIComponent;

/** Addresses of pages. Names and ids may hold any character. */
export const hostAddress = (name: string): string => `/hosts/${segment(name)}/`;

export const vmAddress = (id: string): string => `/vms/${segment(id)}/`;

/** The proof that a host can be drained, and what came of it. */
export const drainAddress = (name: string): string => `${hostAddress(name)}drain/`;

/** The list of audits with this one selected. */
export const auditsAddress = (audit: string): string => `/plans/audits/?audit=${segment(audit)}`;

/** The form of a new audit. @param like the audit whose settings to begin with */
export const newAuditAddress = (like?: string): string =>
  like === undefined ? '/audits/new/' : `/audits/new/?like=${segment(like)}`;

export const plansAddress = (audit: string): string => `/audits/${segment(audit)}/plans/`;

/** The review of a plan. */
export const planAddress = (audit: string, plan: string): string => `${plansAddress(audit)}${segment(plan)}/`;

/** A plan while it runs, and what came of it. */
export const runAddress = (audit: string, plan: string): string => `${planAddress(audit, plan)}run/`;

/** A careful run. */
export const carefulAddress = (run: string): string => `/runs/${segment(run)}/`;

export type PlanKey = { audit: string; plan: string };

/** How an address names a plan. */
export const planKey = ({ audit, plan }: PlanKey): string => `${audit}~${plan}`;

/** @param variant changes to the right plan, as `writeVariant` gives them */
export function compareAddress(left: PlanKey, right?: PlanKey, variant: [name: string, value: string][] = []): string {
  const query = new URLSearchParams({ left: planKey(left) });
  if (right !== undefined) query.set('right', planKey(right));
  for (const [name, value] of variant) query.append(name, value);
  return `/compare/?${query}`;
}

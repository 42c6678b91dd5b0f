const segment = encodeURIComponent;

/** Addresses of pages. Names and ids may hold any character. */
export const hostAddress = (name: string): string => `/hosts/${segment(name)}/`;

export const auditAddress = (id: string): string => `/audits/${segment(id)}/`;

/** The overview with this audit selected. */
export const overviewAddress = (audit: string): string => `/?audit=${segment(audit)}`;

export const plansAddress = (audit: string): string => `/audits/${segment(audit)}/plans/`;

/** The review of a plan. */
export const planAddress = (audit: string, plan: string): string => `${plansAddress(audit)}${segment(plan)}/`;

export type PlanKey = { audit: string; plan: string };

/** How an address names a plan. */
export const planKey = ({ audit, plan }: PlanKey): string => `${audit}~${plan}`;

/** @param variant changes to the right plan, as `writeVariant` gives them */
export function compareAddress(left: PlanKey, right?: PlanKey, variant: [name: string, value: string][] = []): string {
  const query = new URLSearchParams([
    ['left', planKey(left)],
    ...(right === undefined ? [] : [['right', planKey(right)] as [string, string]]),
    ...variant,
  ]);
  return `/compare/?${query}`;
}

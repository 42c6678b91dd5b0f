/** Parts of addresses that several endpoints share. */

const PLAN_ID = "UUID of the plan, or `newest` for the audit's current plan.";
export const AUDIT_ID = 'UUID or name of the audit, or `newest` for the newest audit.';
export const PLAN = {
  params: { id: AUDIT_ID, plan: PLAN_ID },
  missing: 'No audit has this id or name, or the audit has no such plan.',
};

export const NO_PLACE = 'No compute host is in a zone or an aggregate of this name; `parameter` says which.';

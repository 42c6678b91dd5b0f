/** Reasons for a dash. */
export const NO_PLACEMENT = 'Placement reports no figures for this host.';
export const NOT_MEASURED = 'Not measured.';
export const NO_PLAN = 'No plan is applied.';
export const NO_FLAVOR = 'Nova reports no flavor.';

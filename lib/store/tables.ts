/** What the database holds. All times are ms since the epoch. */
export type Tables = {
  /** Sessions that were signed out before they expired; a row is of no use once its session has expired. */
  ended_sessions: { id: string; expires_at: number };
};

/** What the database holds. All times are ms since the epoch. */
export type Tables = {
  /** Sessions that were signed out before they expired; a row is of no use once its session has expired. */
  ended_sessions: { id: string; expires_at: number };
  /** The journal: what somebody set out to do. Rows are never changed. */
  acts: {
    id: string;
    at: number;
    /** `user_id`, `domain`: Keystone's; null for people whom a proxy names. */
    person: string;
    user_id: string | null;
    domain: string | null;
    address: string | null;
    /** How the person was identified, and with whose account the act was done. */
    identified_by: string;
    account: string;
    region: string;
    act: string;
    object_type: string;
    object_id: string;
    object_name: string;
    audit_id: string | null;
    reason: string;
    /** JSON: what the person saw and chose, and the result of the check. */
    request: string;
    checked: string;
  };
  /** What became of an act. More than one row where the first was not certain; the last counts. Rows are never changed. */
  act_outcomes: {
    id: string;
    act_id: string;
    at: number;
    outcome: string;
    detail: string;
    /** JSON. */
    request_ids: string;
  };
  /** Digests of idempotency keys and of what was asked with them. */
  act_keys: { digest: string; body_digest: string; act_id: string; at: number };
  /** Who acts on an object right now. */
  act_locks: { object: string; act_id: string; until: number };
  /** When acts were removed from the journal because of their age, and how many. */
  journal_cuts: { id: string; at: number; before: number; acts: number };
  /** Careful runs. `state`: running, paused, ended. `version` counts the changes, so that nobody overwrites another's. */
  careful_runs: {
    id: string;
    region: string;
    state: string;
    object: string;
    created_at: number;
    /** JSON. */
    document: string;
    version: number;
  };
  /** How full a region was: the last state of each day. `day` counts days since the epoch, in UTC. */
  capacity_days: { region: string; zone: string; resource: string; day: number; used: number; capacity: number };
};

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A Monday morning. */
export const PICTURED_AT = '2026-11-30T10:00:00Z';

export type StandingClock = {
  /** Settings of a server whose clock this is. */
  variables: Record<string, string>;
  set(at: string): void;
};

/** A clock for a server: it stands at `PICTURED_AT` until it is set. */
export function openStandingClock(): StandingClock {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'visio-clock-')), 'now');
  const set = (at: string) => writeFileSync(file, at);
  set(PICTURED_AT);
  const module = path.join(import.meta.dirname, 'standing-clock.mjs');
  // Nothing may time out on a busy machine: while a clock stands, no retry becomes due.
  return { variables: { CLOCK_FILE: file, NODE_OPTIONS: `--import ${module}`, UPSTREAM_TIMEOUT: '60' }, set };
}

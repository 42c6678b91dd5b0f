import 'server-only';
import { type Env, readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { openYield } from '@/lib/yield';
import { asServer } from './access/gate';
import { auditCasesOf } from './collect/joined';
import { takeMoment } from './collect/moment';
import { ALL_READINGS, cachedReading, expectBackground, type ReadingName } from './collect/readings';
import { remakeSnapshots } from './http/snapshots';
import { lastVisit } from './process/visits';
import { withinOrNull } from './process/waiting';
import { effectFor } from './views/outcomes';

/**
 * Keeps the readings fresh while somebody looks, and slowly while nobody does, so that the state of the cloud is there
 * before the person comes: no visitor waits for a reading but the very first, and that one starts with the process.
 */

/** How often it is looked whether anything is due; ms. */
const TICK_MS = 1_000;
/** Somebody looked lately: within so many TTLs, and at least so long ago. */
const LOOKED_TTLS = 3;
const LOOKED_MS = 300_000;
/** With nobody looking, a reading is taken anew after so many TTLs, and before it would be too old to be shown. */
const IDLE_TTLS = 5;

/** Which age makes a reading due. A little before its time is up, by as long as it takes: it is never late, then. */
export function dueAge(
  { ttlMs, maxStaleMs, lastFillMs }: { ttlMs: number; maxStaleMs: number; lastFillMs: number },
  sinceVisitMs: number,
): number {
  const lead = Math.min(ttlMs / 4, TICK_MS + 2 * lastFillMs);
  if (sinceVisitMs <= lookedMs(ttlMs)) return ttlMs - lead;
  return Math.max(ttlMs - lead, Math.min(IDLE_TTLS * ttlMs, maxStaleMs / 2));
}

const lookedMs = (ttlMs: number) => Math.max(LOOKED_MS, LOOKED_TTLS * ttlMs);

/** Starts with the process; once. */
export function startBackground(): void {
  const state = processWide<{ timer?: NodeJS.Timeout; busy: Set<ReadingName> }>('background-timer', () => ({
    busy: new Set(),
  }));
  if (state.timer) return;
  expectBackground();
  const tick = () => {
    void refreshDue(readEnv(), state.busy);
  };
  state.timer = setInterval(tick, TICK_MS);
  state.timer.unref();
  tick();
}

/**
 * What is due is read in two rounds: what stands by itself, then what builds on it and what is asked of Prometheus, so that
 * all of that is asked in one go. The second does not wait for the first reading of a big cloud.
 */
async function refreshDue(env: Env, busy: Set<ReadingName>): Promise<void> {
  const lateBy = await Promise.all(ALL_READINGS.map((name) => howLate(name, env)));
  if (lateBy.every((ms) => ms < 0)) return;
  // What would be due in a moment goes along: together they are fewer requests.
  const along = alongMs(env);
  const wanted = ALL_READINGS.filter((name, i) => (lateBy[i] ?? 0) >= -along && !busy.has(name));
  for (const name of wanted) busy.add(name);
  const run = async (name: ReadingName) => {
    try {
      // Somebody who asked may have had it read meanwhile.
      if ((await howLate(name, env)) >= -along) await (await cachedReading(name)).refresh();
    } catch (error) {
      // Only a bug or wrong settings get here: what a source does is in the reading.
      if (!reported.has(String(error))) console.error(error);
      reported.add(String(error));
    } finally {
      busy.delete(name);
    }
  };
  const roundOf = (names: ReadingName[]) => wanted.filter((name) => names.includes(name)).map(run);
  const first = roundOf(['inventory', 'optimizer']);
  await withinOrNull(Promise.all(first), FIRST_ROUND_MS);
  await Promise.all(roundOf(['allocations', 'load', 'planLoad']));
  if (wanted.length > 0) await prepare(lookedMs(env.DASHBOARD_CACHE_TTL * 1000));
}

/** What is likely to be asked for next is made now. */
async function prepare(withinMs: number): Promise<void> {
  if (Date.now() - lastVisit() > withinMs) return;
  try {
    await remakeSnapshots(Date.now() - withinMs);
    await warmEffects();
  } catch {
    // Whoever asks is told what stands between.
  }
}

/** Effects are computed ahead for this many of the newest audits, as lists show them. */
const WARMED_AUDITS = 200;

/** Computes what plans change, a little at a time: some milliseconds for each audit, for which a visitor would have to wait. */
async function warmEffects(): Promise<void> {
  const moment = await asServer(() => takeMoment(ALL_READINGS, { visit: false }));
  if (!moment.optimizer?.value || !moment.inventory?.value) return;
  const yieldIfDue = openYield();
  for (const auditCase of auditCasesOf(moment).slice(0, WARMED_AUDITS)) {
    effectFor(moment, auditCase);
    await yieldIfDue();
  }
}

/** A reading that is due within this time is not worth a round of its own. */
const alongMs = (env: Env) => Math.min(8_000, (env.DASHBOARD_CACHE_TTL * 1000) / 4);
/** The second round waits so long for the first. */
const FIRST_ROUND_MS = 3_000;
const reported = new Set<string>();

/** For how long a reading is due, ms; negative: so long it is good. */
async function howLate(name: ReadingName, env: Env): Promise<number> {
  try {
    const cached = await cachedReading(name);
    const times = {
      ttlMs: env.DASHBOARD_CACHE_TTL * 1000,
      maxStaleMs: env.DASHBOARD_MAX_STALE * 1000,
      lastFillMs: cached.lastFillMs(),
    };
    return cached.age() - dueAge(times, Date.now() - lastVisit());
  } catch {
    // Without usable settings there is nothing to read; whoever asks is told why.
    return Number.NEGATIVE_INFINITY;
  }
}

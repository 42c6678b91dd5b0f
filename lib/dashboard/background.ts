import 'server-only';
import { type Env, readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { yieldIfDue } from '@/lib/yield';
import { asServer } from './access/visitors';
import { keepJournal } from './acts/upkeep';
import { carryOn } from './careful/engine';
import { noteCapacity } from './collect/capacity-history';
import { auditCasesOf } from './collect/joined';
import { takeReadings } from './collect/reading-set';
import { ALL_READINGS, type ReadingName } from './collect/reading-values';
import { cachedReading } from './collect/readings';
import { remakeSnapshots } from './http/snapshots';
import { expectBackground } from './process/background-mode';
import type { RegionId } from './process/region';
import { lastVisit } from './process/visits';
import { withinOrNull } from './process/waiting';
import { listRegionIds } from './sources/regions';
import { planEffect } from './views/outcomes';
import { surveyPlans } from './views/plan-survey';

/**
 * Keeps the readings fresh while someone is looking, and refreshes them slowly otherwise, so that visitors find the
 * current state of the cloud. Only the very first reading makes anyone wait, and that one begins when the process
 * starts.
 */

const TICK_MS = SECOND_MS;
/** How often careful runs are carried on. */
const CAREFUL_TICKS = 3;
/** How often the journal is looked after. */
const UPKEEP_TICKS = 30;
/** How often the state of the day is noted, and how long after the start for the first time. */
const NOTE_TICKS = { every: 3_600, first: 120 };
/** Someone is looking if the last visit is at most this many TTLs ago, or at most this long. */
const VISIT_TTLS = 3;
const VISIT_MS = 5 * MINUTE_MS;
/** Without visitors a reading is refreshed after this many TTLs, and before it becomes too old to be shown. */
const IDLE_TTLS = 5;

/** The age at which a reading is due: early enough that the refresh is done when the reading's time is up. */
export function dueAge(
  { ttlMs, maxStaleMs, lastFillMs }: { ttlMs: number; maxStaleMs: number; lastFillMs: number },
  sinceVisitMs: number,
): number {
  const lead = Math.min(ttlMs / 4, TICK_MS + 2 * lastFillMs);
  if (sinceVisitMs <= visitMs(ttlMs)) return ttlMs - lead;
  return Math.max(ttlMs - lead, Math.min(IDLE_TTLS * ttlMs, maxStaleMs / 2));
}

const visitMs = (ttlMs: number) => Math.max(VISIT_MS, VISIT_TTLS * ttlMs);

type Busy = Set<ReadingName>;

/** Called once at startup; further calls have no effect. */
export function startBackground(): void {
  const state = processWide<{ timer?: NodeJS.Timeout }>('background-timer', () => ({}));
  if (state.timer) return;
  expectBackground();
  const regions = listRegionIds().map((region): [RegionId, Busy] => [region, new Set()]);
  let ticks = 0;
  const tick = () => {
    for (const [region, busy] of regions) void refreshDue(region, busy);
    ticks++;
    if (ticks % CAREFUL_TICKS === 0) for (const [region] of regions) void carryOn(region);
    if (ticks % UPKEEP_TICKS === 0) void keepJournal();
    if (ticks % NOTE_TICKS.every === NOTE_TICKS.first) for (const [region] of regions) void noteCapacity(region);
  };
  state.timer = setInterval(tick, TICK_MS);
  state.timer.unref();
  tick();
}

/**
 * Refreshes what is due in two rounds: first the independent readings, then those that build on them or ask Prometheus,
 * so that Prometheus is asked once for all of them. The second round does not wait for the first reading of a big
 * cloud.
 */
async function refreshDue(region: RegionId, busy: Busy): Promise<void> {
  const env = readEnv();
  const lateBy = await Promise.all(ALL_READINGS.map((name) => howLate(region, name, env)));
  if (lateBy.every((ms) => ms < 0)) return;
  // What is due soon is refreshed along with it: together they need fewer requests.
  const along = alongMs(env);
  const wanted = ALL_READINGS.filter((name, i) => (lateBy[i] ?? 0) >= -along && !busy.has(name));
  for (const name of wanted) busy.add(name);
  const refresh = async (name: ReadingName) => {
    try {
      // A visitor may have caused a refresh in the meantime.
      if ((await howLate(region, name, env)) >= -along) await (await cachedReading(region, name)).refresh();
    } catch (error) {
      // A bug or wrong settings: failures of a source are part of the reading.
      if (!reported.has(String(error))) console.error(error);
      reported.add(String(error));
    } finally {
      busy.delete(name);
    }
  };
  const roundOf = (names: ReadingName[]) => wanted.filter((name) => names.includes(name)).map(refresh);
  await withinOrNull(Promise.all(roundOf(['inventory', 'optimizer'])), FIRST_ROUND_MS);
  await Promise.all(roundOf(['allocations', 'load', 'planLoad', 'migrations']));
  if (wanted.length > 0) await prepare(region, visitMs(env.DASHBOARD_CACHE_TTL * SECOND_MS));
}

/** Makes what visitors are likely to ask for next. */
async function prepare(region: RegionId, withinMs: number): Promise<void> {
  if (Date.now() - lastVisit(region) > withinMs) return;
  try {
    await remakeSnapshots(Date.now() - withinMs);
    await warmEffects(region);
  } catch {
    // Visitors see the error.
  }
}

/** Lists show the effects of this many of the newest audits without delay. */
const WARMED_AUDITS = 200;

/**
 * Computes what plans are worth and their effects in small steps: they take some milliseconds each, for which visitors would have to
 * wait.
 */
async function warmEffects(region: RegionId): Promise<void> {
  const readings = await asServer(() => takeReadings(region, ALL_READINGS, { visit: false }));
  if (!readings.optimizer?.value || !readings.inventory?.value) return;
  await asServer(() => surveyPlans(readings));
  for (const auditCase of auditCasesOf(readings).slice(0, WARMED_AUDITS)) {
    planEffect(readings, auditCase);
    await yieldIfDue();
  }
}

/** A reading that is due within this time is refreshed along with others. */
const alongMs = (env: Env) => Math.min(8 * SECOND_MS, (env.DASHBOARD_CACHE_TTL * SECOND_MS) / 4);
/** The second round waits no longer than this for the first. */
const FIRST_ROUND_MS = 3 * SECOND_MS;
const reported = new Set<string>();

/** How long a reading has been due, ms; negative if it is not due yet. */
async function howLate(region: RegionId, name: ReadingName, env: Env): Promise<number> {
  try {
    const cached = await cachedReading(region, name);
    const times = {
      ttlMs: env.DASHBOARD_CACHE_TTL * SECOND_MS,
      maxStaleMs: env.DASHBOARD_MAX_STALE * SECOND_MS,
      lastFillMs: cached.lastFillMs(),
    };
    return cached.age() - dueAge(times, Date.now() - lastVisit(region));
  } catch {
    // Nothing is configured, so there is nothing to read.
    return Number.NEGATIVE_INFINITY;
  }
}

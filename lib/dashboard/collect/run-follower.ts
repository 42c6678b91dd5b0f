import 'server-only';
import { LRUCache } from 'lru-cache';
import { isFinal, listCopied } from '@/lib/domain/acts/run-followed';
import { addProgress, type SeriesById } from '@/lib/domain/acts/run-samples';
import { spanOfRun } from '@/lib/domain/plans/runs';
import { processWide } from '@/lib/process-wide';
import { openRunReader, type RunReader, type RunReading } from '@/lib/readings/run';
import { HOUR_MS, SECOND_MS } from '@/lib/units';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import type { ReadingSet } from './reading-set';
import type { ReadingName } from './reading-values';
import { take } from './readings';

/**
 * Follows plans that run: one follower for each plan, however many people watch it. It looks when somebody asks and the last
 * look is old enough. So it looks every five seconds while a page is in view, every 30 s while all are hidden, which ask less
 * often, and not at all once nobody asks or nothing can change any more.
 */

/** What is known of a run: the last words of both services, and the bytes of its migrations over time. */
export type Followed = { reading: RunReading; series: SeriesById };

type Follower = {
  reader: RunReader;
  known: Followed | null;
  lookedAt: number;
  looking: Promise<Followed> | null;
  isFinal: boolean;
};

/** A little less than the pages wait between two answers, so that each finds a new look. */
const LOOK_MS = 4.5 * SECOND_MS;
/** Nobody waits longer for a look than this if something is known already. */
const PATIENCE_MS = 2 * SECOND_MS;
/** Plans that run at the same time are few; those that nobody asked about for this long are forgotten. */
const MOST = 100;
const KEPT_MS = HOUR_MS;

const followers = () =>
  processWide('run-followers', () => new LRUCache<string, Follower>({ max: MOST, ttl: KEPT_MS, updateAgeOnGet: true }));

/**
 * @param readings with optimizer and migrations: what they know is used until the first look, and if it fails
 * @throws SourceError of Keystone or Watcher if nothing is known about the plan
 */
export async function followRun(readings: ReadingSet, planId: string): Promise<Followed> {
  const { region, sources } = readings;
  const key = `${region} ${sources.identity} ${planId}`;
  const follower = followers().get(key) ?? openFollower(readings);
  followers().set(key, follower);
  const { known } = follower;
  if (follower.isFinal && known !== null) return known;
  if (known !== null && Date.now() - follower.lookedAt < LOOK_MS) return known;
  follower.looking ??= lookAndTell(follower, planId, readings).finally(() => {
    follower.looking = null;
  });
  if (known === null) return follower.looking;
  return (await withinOrNull(follower.looking, PATIENCE_MS)) ?? follower.known ?? known;
}

/** Somebody has acted: whoever asks next finds what came of it. */
export function expectChange(): void {
  for (const follower of followers().values()) Object.assign(follower, { lookedAt: NEVER, isFinal: false });
}

const NEVER = Number.NEGATIVE_INFINITY;

const openFollower = ({ sources }: ReadingSet): Follower => ({
  reader: openRunReader(
    sources.session,
    {
      span: spanOfRun,
      copied: ({ plan, actions, migrations: { value } }) =>
        plan.value === null ? [] : listCopied(plan.value, actions.value, value.covered && value.migrations),
    },
    Date.now,
  ),
  known: null,
  lookedAt: NEVER,
  looking: null,
  isFinal: false,
});

/** What shows that a run has ended: the list of VMs, for where they are now, and the lists of plans and migrations. */
const READ_AT_END: ReadingName[] = ['inventory', 'optimizer', 'migrations'];

/** Looks, and has the cloud read again once a run that was followed has ended, so that no page shows it running any more. */
async function lookAndTell(follower: Follower, planId: string, readings: ReadingSet): Promise<Followed> {
  const { known } = follower;
  const isFollowed = known !== null && !follower.isFinal;
  const followed = await look(follower, planId, known?.reading ?? knownOf(readings, planId));
  if (isFollowed && follower.isFinal) readAgain(readings.region);
  return followed;
}

function readAgain(region: RegionId): void {
  for (const name of READ_AT_END) void take(region, name, { notBefore: Date.now(), insist: true });
}

async function look(follower: Follower, planId: string, before: Partial<RunReading>): Promise<Followed> {
  follower.lookedAt = Date.now();
  const { reading, progress } = await follower.reader.look(planId, before);
  const now = Date.now();
  const series = addProgress(follower.known?.series ?? new Map(), progress, now);
  const { plan, actions, migrations } = reading;
  follower.known = { reading, series };
  follower.isFinal =
    migrations.failure === null &&
    plan.value !== null &&
    isFinal({ plan: plan.value, actions: actions.value, migrations: migrations.value.migrations }, now);
  return follower.known;
}

/** What the readings of everything know about one plan. */
function knownOf({ optimizer, migrations }: ReadingSet, planId: string): Partial<RunReading> {
  const plan = optimizer?.value?.plans.find(({ id }) => id === planId);
  const actions = optimizer?.value?.actions[planId];
  const at = optimizer?.at ?? null;
  return {
    ...(plan && { plan: { value: plan, at, failure: null } }),
    ...(actions && { actions: { value: actions, at, failure: null } }),
    ...(migrations?.value && { migrations: { value: migrations.value, at: migrations.at, failure: null } }),
  };
}

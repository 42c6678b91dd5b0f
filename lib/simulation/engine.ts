import { DAY_MS, MINUTE_MS } from '@/lib/units';
import { type Applier, openApplier } from './applier';
import { type Auditor, openAuditor } from './auditor';
import type { Cloud, SimPlan } from './model';
import { type Mover, openMover } from './nova/mover';
import type { Occupancy } from './occupancy';
import { openRandom } from './random';
import { type Release, type ReleaseName, releaseNamed } from './releases';

/** What goes on in the cloud by itself: Nova moves VMs, appliers run plans, and proposals expire. It needs no timers. */
export type Engine = {
  mover: Mover;
  applier: Applier;
  auditor: Auditor;
  release(): Release;
  setRelease(name: ReleaseName): void;
  /** Does everything that was due until now, each at its time. */
  advance(): void;
  /** Lets a change take effect that was just made. */
  settle(): void;
  now(): number;
  /** An id for something new. */
  newId(): string;
  /** Set by the controls. */
  knobs: Knobs;
  /** A new id for a request, as the services put it in a header. */
  requestId(): string;
};

type Knobs = {
  /** What comes within this time is treated as if it had come at once: a second start, or a cancellation and an applier. */
  raceMs: number;
  /** Plans that expire as soon as one of their actions is skipped. */
  expiresAfterSkip: Set<SimPlan>;
  /** Strategies that this Watcher doesn't offer, by name. */
  withheld: Set<string>;
};

/** Watcher looks this often for proposals that are older than a day. */
const EXPIRY_LOOK_MS = 30 * MINUTE_MS;
const EXPIRES_AFTER_MS = DAY_MS;

type Given = { cloud: Cloud; occupancy: Occupancy; clock: () => number; release: ReleaseName };

export function openEngine({ cloud, occupancy, clock, release: first }: Given): Engine {
  let release = releaseNamed(first);
  const mover = openMover(cloud, occupancy);
  const knobs: Knobs = { raceMs: 0, expiresAfterSkip: new Set(), withheld: new Set() };
  const shop = { cloud, mover, release: () => release, raceMs: () => knobs.raceMs };
  const applier = openApplier(shop, cloud.startedAt);
  const auditor = openAuditor(cloud, applier);
  const ids = openRandom(77_003);
  let at = cloud.startedAt;
  let looksAt = cloud.startedAt + EXPIRY_LOOK_MS;

  const due = () => Math.min(mover.due(), applier.due(), auditor.due(), looksAt);

  /** Nova first: an applier sees what has ended. */
  function run(until: number): void {
    at = Math.max(at, until);
    mover.run(at);
    auditor.run(at);
    applier.run(at);
    if (at >= looksAt) expire();
  }

  function expire(): void {
    looksAt += EXPIRY_LOOK_MS * Math.max(1, Math.ceil((at - looksAt) / EXPIRY_LOOK_MS));
    for (const plan of cloud.plans) {
      if (plan.state !== 'RECOMMENDED' || plan.createdAt + EXPIRES_AFTER_MS > at) continue;
      plan.state = 'SUPERSEDED';
      plan.updatedAt = at;
    }
  }

  return {
    mover,
    applier,
    auditor,
    release: () => release,
    setRelease(name) {
      release = releaseNamed(name);
    },
    advance() {
      const now = clock();
      while (due() <= now) run(due());
    },
    settle: () => run(clock()),
    now: clock,
    knobs,
    newId: () => ids.uuid(),
    requestId: () => `req-${ids.uuid()}`,
  };
}

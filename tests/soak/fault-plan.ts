import { SOURCE_NAMES } from '../../lib/errors';
import type { Simulation } from '../../lib/simulation/simulation';
import { type Break, describeBreak, SINGLES } from '../faults/kinds';

/** Repeatedly breaks one or two services for a while, repairs them and waits for recovery. */
export type FaultPlan = {
  round(): Promise<void>;
  awaitWhole(): Promise<void>;
  /** Names of the sources that may currently be reported as failing, including a grace period after repair. */
  excused(): string[];
  faults: number;
  /** Times from repair until everything was fresh and ok; ms. */
  recoveries: number[];
  /** Recoveries that took too long. */
  missed: string[];
  kinds: Set<string>;
};

/** A repaired source recovers once the failing attempt has ended, its hold is over and a new attempt has succeeded. */
const GRACE_MS = 8_000;
const GIVE_UP_MS = 60_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function openFaultPlan(
  simulation: Simulation,
  url: string,
  { seed, ttlMs }: { seed: number; ttlMs: number },
): FaultPlan {
  const random = randomFrom(seed);
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;
  const excusedUntil = new Map<string, number>();
  const plan: FaultPlan = {
    faults: 0,
    recoveries: [],
    missed: [],
    kinds: new Set(),
    excused: () => [...excusedUntil].filter(([, until]) => Date.now() < until).map(([name]) => name),
    awaitWhole: () => whole(GIVE_UP_MS).then(() => undefined),
    async round() {
      const first = pick(SINGLES);
      const breaks =
        random() < 0.4 ? [first, pick(SINGLES.filter(({ service }) => service !== first.service))] : [first];
      for (const { service, kind } of breaks) {
        plan.faults++;
        plan.kinds.add(describeBreak({ service, kind }));
        excusedUntil.set(SOURCE_NAMES[service], Number.POSITIVE_INFINITY);
        simulation.setFault(service, kind.fault);
      }
      if (random() < 0.2) simulation.revokeTokens();
      await pause(3_000 + random() * 9_000);
      for (const { service } of breaks) {
        simulation.setFault(service, null);
        excusedUntil.set(SOURCE_NAMES[service], Date.now() + ttlMs + GRACE_MS);
      }
      await checkRecovery(breaks);
      await pause(1_000 + random() * 4_000);
    },
  };

  async function checkRecovery(breaks: Break[]): Promise<void> {
    const took = await whole(GIVE_UP_MS);
    plan.recoveries.push(took);
    if (took > ttlMs + GRACE_MS)
      plan.missed.push(`${breaks.map(describeBreak).join(', ')}: ${Math.round(took / 1000)} s`);
  }

  /** Time until every source is ok and every number is known and at most two TTLs old; ms. */
  async function whole(giveUpMs: number): Promise<number> {
    const started = Date.now();
    while (Date.now() - started < giveUpMs) {
      if (await isWhole()) return Date.now() - started;
      await pause(250);
    }
    return giveUpMs;
  }

  async function isWhole(): Promise<boolean> {
    try {
      const get = (name: string) => fetch(`${url}/api/${name}/`);
      const [status, ...responses] = await Promise.all([get('source-status'), get('stats'), get('audits')]);
      const { prometheus, openstack } = await status.json();
      // On a busy machine a response may be slightly older than one TTL, but nothing in it may be unknown.
      const isGood = ({ headers }: Response) =>
        headers.get('x-data-state') !== 'partial' && Number(headers.get('age')) * 1000 <= 2 * ttlMs;
      await Promise.all(responses.map((response) => response.arrayBuffer()));
      return (
        prometheus.status === 'ok' &&
        openstack.status === 'ok' &&
        responses.every((response) => response.ok && isGood(response))
      );
    } catch {
      return false;
    }
  }

  return plan;
}

/** mulberry32, for the same faults with the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

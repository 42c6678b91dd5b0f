import { formatThings } from '@/lib/format';
import { type CarefulRun, hasArrived, wentWrong } from '../careful/careful-run';

/** Hosts that were out of service and are back, from what people did here. */

/** An act that closed or opened a host. Times in ms. */
export type HostAct = {
  host: string;
  kind: 'close' | 'open';
  at: number;
  person: string;
  reason: string;
  /** The careful run that moved its VMs, and how many VMs were to stay; null if none did. */
  drain: { run: string; stays: number } | null;
  /** The reason that Nova had before. */
  before: string | null;
};

export type BackInService = {
  host: string;
  /** The first closing since it was open; null if nobody closed it here. */
  closed: Pick<HostAct, 'at' | 'person' | 'reason'> | null;
  opened: HostAct;
  drain: HostAct['drain'];
};

/** @param acts in any order @param since openings before that are left out @returns the newest first */
export function listBackInService(acts: HostAct[], since: number): BackInService[] {
  const closings = new Map<string, HostAct[]>();
  const back: BackInService[] = [];
  for (const act of acts.toSorted((a, b) => a.at - b.at)) {
    const own = closings.get(act.host) ?? [];
    if (act.kind === 'close') closings.set(act.host, [...own, act]);
    else {
      closings.delete(act.host);
      if (act.at < since) continue;
      const drain = own.findLast((one) => one.drain !== null)?.drain ?? null;
      back.unshift({ host: act.host, closed: own[0] ?? null, opened: act, drain });
    }
  }
  return back;
}

export type Emptied = { moved: number; from: number; until: number | null; surprises: string[] };

/** How a host was emptied. @param stays VMs that were left on it on purpose */
export function describeEmptying(run: CarefulRun, stays: number): Emptied {
  const steps = run.steps.filter(({ results }) => results.length > 0);
  const results = steps.flatMap((step) => step.results);
  const cold = new Set(run.steps.flatMap(({ moves }) => moves.filter(({ live }) => !live).map(({ vmId }) => vmId)));
  const count = (found: number, text: string) => (found === 0 ? [] : [`${formatThings(found, 'VM')} ${text}`]);
  return {
    moved: results.filter(hasArrived).length,
    from: run.createdAt,
    until: steps.at(-1)?.endedAt ?? null,
    surprises: [
      ...count(results.filter((result) => cold.has(result.vmId) && hasArrived(result)).length, 'moved while off'),
      ...count(results.filter(wentWrong).length, 'did not move as approved'),
      ...count(run.dropped.length + run.left.length, 'left out'),
      ...count(stays, 'stayed'),
    ],
  };
}

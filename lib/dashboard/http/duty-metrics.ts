import 'server-only';
import { clusterOf } from '../collect/joined';
import type { ReadingSet } from '../collect/reading-set';
import { describeError, log } from '../process/log';
import { theStore } from '../sources/store';
import { viewForecasts } from '../views/forecast';
import { keptOfHosts, outOf } from '../views/out-of-service';
import { surveyPlans } from '../views/plan-survey';
import { viewRepeating } from '../views/repeating';
import type { MakeGauge } from './make-gauge';
import { addRoom } from './room-metrics';

/** Metrics about what somebody on duty should be told: what waits, what was left behind, what stopped, what gets full. */

/** One part that fails leaves the others as they are. Never rejects. */
export async function addDutyMetrics(readings: ReadingSet, now: number, gauge: MakeGauge): Promise<void> {
  const parts = [
    addOutOfService(readings, gauge),
    addCarefulRuns(readings, gauge),
    addRepeating(readings, gauge),
    addBestPlan(readings, now, gauge),
    addForecasts(readings, gauge),
    addRoom(readings, gauge),
  ];
  for (const part of await Promise.allSettled(parts)) {
    if (part.status === 'rejected') log().warn(describeError(part.reason), 'some metrics about the cloud are missing');
  }
}

const OUT_STATES = ['left-behind', 'being-drained', 'closed-not-empty', 'in-maintenance', 'down'];

async function addOutOfService(readings: ReadingSet, gauge: MakeGauge): Promise<void> {
  if (readings.inventory?.value == null) return;
  const hosts = gauge('hosts_out_of_service', 'Hosts that take no new VMs, by why.', 'state');
  for (const state of OUT_STATES) hosts.set({ state }, 0);
  const whyOut = outOf(readings, await keptOfHosts(readings.region, readings));
  for (const host of clusterOf(readings).hosts) {
    const out = whyOut(host);
    if (out !== null) hosts.inc({ state: out.state });
  }
}

const MOST_RUNS = 1_000;

async function addCarefulRuns({ region }: ReadingSet, gauge: MakeGauge): Promise<void> {
  const open = await theStore()?.carefulRuns.list({ region, open: true, limit: MOST_RUNS });
  if (open === undefined) return;
  const runs = gauge('careful_runs', 'Careful runs that have not ended; paused ones wait for somebody.', 'state');
  for (const state of ['running', 'paused']) runs.set({ state }, open.filter((run) => run.state === state).length);
}

const STANDINGS = ['runs', 'first-run', 'on-call', 'suspended', 'dead', 'unreadable'];

async function addRepeating(readings: ReadingSet, gauge: MakeGauge): Promise<void> {
  if (readings.optimizer?.value == null) return;
  const { audits } = await viewRepeating(readings);
  const standings = gauge('repeating_audits', 'Audits that run by themselves, by how they stand.', 'standing');
  for (const standing of STANDINGS) standings.set({ standing }, 0);
  for (const { standing } of audits) standings.inc({ standing });
  gauge('repeating_audits_overdue', 'Audits whose next run should have begun by now.').set(
    audits.filter(({ overdue }) => overdue).length,
  );
}

async function addBestPlan(readings: ReadingSet, now: number, gauge: MakeGauge): Promise<void> {
  if (readings.optimizer?.value == null) return;
  const { best, ranks, groups } = await surveyPlans(readings);
  gauge('action_plans_worth_doing', 'Plans that wait, still hold and are worth their moves.').set(
    groups['worth-doing'],
  );
  const worth = best && ranks.get(best.plan.id)?.worth;
  if (!best || !worth) return;
  const { spread, hot } = worth.cpu;
  if (spread.now !== null && spread.after !== null)
    gauge('best_plan_spread_removed_points', 'By how much the plan to recommend would lower the spread of CPU.').set(
      spread.now - spread.after,
    );
  if (hot.now !== null && hot.after !== null)
    gauge('best_plan_hot_hosts_ended', 'How many hosts fewer would be hot after the plan to recommend.').set(
      hot.now - hot.after,
    );
  gauge('best_plan_waiting_seconds', 'How long the plan to recommend has been waiting.').set(
    (now - best.plan.createdAt) / 1000,
  );
}

async function addForecasts(readings: ReadingSet, gauge: MakeGauge): Promise<void> {
  if (readings.inventory?.value == null) return;
  const { forecasts } = await viewForecasts(readings);
  const help = 'Days until a resource of a zone reaches its limit, at the earliest and likely.';
  const days = gauge('days_to_full', help, 'zone', 'resource', 'when');
  for (const { zone, resource, answer, days_soonest: soonest, days_likely: likely } of forecasts) {
    if (answer === 'full') days.set({ zone, resource, when: 'earliest' }, 0);
    if (soonest !== null) days.set({ zone, resource, when: 'earliest' }, soonest);
    if (likely !== null) days.set({ zone, resource, when: 'likely' }, likely);
  }
}

import 'server-only';
import { Gauge, Registry } from 'prom-client';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import { levelOfHost } from '@/lib/domain/cluster/overview';
import { tallyOptimizer } from '@/lib/domain/plans/tally';
import { balanceOf } from '@/lib/domain/review/score';
import { readEnv } from '@/lib/env';
import { HOUR_MS } from '@/lib/units';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import { type Moment, takeMoment } from '../collect/moment';
import { ALL_READINGS } from '../collect/readings';
import { describeError, log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';
import { withinOrNull } from '../process/waiting';
import { limitsOf } from '../views/settings';
import { serveVisitor } from './serve';

/**
 * GET /api/metrics/ in Prometheus' text format: how this service is doing, and what no exporter knows of the cloud. What is
 * unknown is absent, never 0.
 */
export function serveMetrics(request: Request): Promise<Response> {
  return serveVisitor(request, writeMetrics);
}

async function writeMetrics(): Promise<Response> {
  const cloud = await describeWhatIsKnown();
  // Last, so that what the questions of this very scrape cost is in it.
  const own = await ownMetrics().registry.metrics();
  return new Response(`${own}\n${cloud}`, {
    headers: { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE, 'cache-control': 'no-store' },
  });
}

async function describeWhatIsKnown(): Promise<string> {
  try {
    const moment = await withinOrNull(takeMoment(ALL_READINGS, { visit: false }), PATIENCE_MS);
    return moment === null ? '' : await describeCloud(moment, Date.now()).metrics();
  } catch (error) {
    log().warn(describeError(error), 'metrics of the cloud');
    return '';
  }
}

/** Prometheus gives up after ten seconds by default; own metrics are worth more than none. */
const PATIENCE_MS = 5_000;

function describeCloud(moment: Moment, now: number): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `watcher_visio_${name}`, help, labelNames, registers: [registry] });
  describeReadings(moment, now, gauge);
  describeHosts(moment, gauge);
  describeOptimizer(moment, now, gauge);
  describeBalance(moment, gauge);
  return registry;
}

type MakeGauge = (name: string, help: string, ...labels: string[]) => Gauge;

function describeReadings(moment: Moment, now: number, gauge: MakeGauge): void {
  const age = gauge('reading_age_seconds', 'Time since the data in use was read.', 'reading');
  const up = gauge('reading_up', 'Whether the last attempt to take a reading succeeded.', 'reading');
  for (const reading of ALL_READINGS) {
    const taken = moment[reading];
    if (taken === null) continue;
    if (taken.at !== null) age.set({ reading }, Math.max(0, (now - taken.at) / 1000));
    up.set({ reading }, taken.failure === null ? 1 : 0);
  }
}

function describeHosts(moment: Moment, gauge: MakeGauge): void {
  if (moment.inventory?.value == null) return;
  const limits = limitsOf(readEnv());
  const hosts = gauge('hosts', 'Compute hosts by the worse level of CPU and RAM.', 'level');
  for (const level of ['normal', 'warm', 'hot', 'unknown']) hosts.set({ level }, 0);
  for (const host of clusterOf(moment).hosts) hosts.inc({ level: levelOfHost(host, limits) });
}

function describeOptimizer({ optimizer }: Moment, now: number, gauge: MakeGauge): void {
  if (optimizer?.value == null) return;
  const tally = tallyOptimizer(optimizer.value, now, readEnv().WATCHER_PLAN_EXPIRY_HOURS * HOUR_MS);
  const byState = (name: string, help: string, counts: Map<string, number>) => {
    const states = gauge(name, help, 'state');
    for (const [state, count] of counts) states.set({ state }, count);
  };
  byState('audits', 'Audits by state.', tally.audits);
  byState('action_plans', 'Action plans by state; RECOMMENDED ones wait for approval.', tally.plans);
  byState('actions', 'Actions by state, of the plans that wait, run or are shown.', tally.actions);
  gauge('action_plans_expiring', 'Plans that wait for approval and have less than a quarter of their time left.').set(
    tally.expiring,
  );
  if (tally.oldestWaitingMs !== null)
    gauge('action_plan_oldest_waiting_seconds', 'How long the oldest plan has waited for approval.').set(
      tally.oldestWaitingMs / 1000,
    );
}

/** How even the CPU of the hosts is, by the score of the review of plans; after: with the newest plan that waits. */
function describeBalance(moment: Moment, gauge: MakeGauge): void {
  if (moment.inventory?.value == null || moment.load?.value == null) return;
  const score = gauge(
    'balance_score',
    'Evenness of CPU over hosts: 100 for all alike, 0 for half idle, half full.',
    'when',
  );
  const now = balanceOf(clusterOf(moment).hosts.map((host) => ({ host: host.name, percentage: cpuPercent(host) })));
  if (now) score.set({ when: 'now' }, now.score);
  if (moment.optimizer?.value == null) return;
  const waiting = auditCasesOf(moment).find(({ shown }) => shown?.state === 'RECOMMENDED');
  if (!waiting) return;
  const { hosts } = planViewOf(moment, waiting).projection;
  const after = balanceOf(hosts.map(({ host, cpu_projected: percentage }) => ({ host, percentage })));
  if (after) score.set({ when: 'after' }, after.score);
}

import 'server-only';
import { Registry } from 'prom-client';
import { levelOfHost } from '@/lib/domain/cluster/overview';
import { tallyMoves, tallyOptimizer } from '@/lib/domain/plans/tally';
import { scoresBefore } from '@/lib/domain/projection/figures';
import { startOf } from '@/lib/domain/projection/snapshot';
import { auditCasesOf, clusterOf, happenedTo, planViewOf } from '../collect/joined';
import { type ReadingSet, takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { describeError, log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { listRegionIds } from '../sources/regions';
import { addDutyMetrics } from './duty-metrics';
import { type MakeGauge, openGauges } from './make-gauge';
import { respondOnce, serveVisitor } from './serve';

/**
 * GET /api/metrics/ in Prometheus' text format: how this service is doing, and what no exporter knows about the cloud.
 * What is unknown is absent, never 0.
 */
export function serveMetrics(request: Request): Promise<Response> {
  return serveVisitor(request, async () => {
    const cloud = await writeCloudMetrics();
    // Last, so that it includes the requests of this scrape.
    const own = await ownMetrics().registry.metrics();
    return respondOnce(request, {
      body: `${own}\n${cloud}`,
      headers: [
        ['content-type', Registry.PROMETHEUS_CONTENT_TYPE],
        ['cache-control', 'no-store'],
      ],
    });
  });
}

/** A region that fails or is slow leaves the others as they are. */
async function writeCloudMetrics(): Promise<string> {
  const registry = new Registry();
  const gaugesOf = openGauges(registry);
  const collect = async (region: RegionId) => {
    try {
      const readings = await takeReadings(region, ALL_READINGS, { visit: false });
      await collectCloud(readings, Date.now(), gaugesOf(region));
    } catch (error) {
      log().warn({ region, ...describeError(error) }, 'no metrics about the cloud');
    }
  };
  await withinOrNull(Promise.all(listRegionIds().map(collect)), PATIENCE_MS);
  return registry.metrics();
}

/** Prometheus gives up after ten seconds by default; what is known by then is better than nothing. */
const PATIENCE_MS = 5_000;

async function collectCloud(readings: ReadingSet, now: number, gauge: MakeGauge): Promise<void> {
  addReadings(readings, now, gauge);
  addHosts(readings, gauge);
  addOptimizer(readings, now, gauge);
  addBalance(readings, gauge);
  await addDutyMetrics(readings, now, gauge);
}

function addReadings(readings: ReadingSet, now: number, gauge: MakeGauge): void {
  const age = gauge('reading_age_seconds', 'Age of the data in use.', 'reading');
  const up = gauge('reading_up', 'Whether the last attempt to take a reading succeeded.', 'reading');
  for (const reading of ALL_READINGS) {
    const taken = readings[reading];
    if (taken === null) continue;
    if (taken.at !== null) age.set({ reading }, Math.max(0, (now - taken.at) / 1000));
    up.set({ reading }, taken.failure === null ? 1 : 0);
  }
}

function addHosts(readings: ReadingSet, gauge: MakeGauge): void {
  if (readings.inventory?.value == null) return;
  const { limits } = readings.settings;
  const hosts = gauge('hosts', 'Compute hosts, by the worse of their CPU and RAM levels.', 'level');
  for (const level of ['normal', 'warm', 'hot', 'unknown']) hosts.set({ level }, 0);
  for (const host of clusterOf(readings).hosts) hosts.inc({ level: levelOfHost(host, limits) });
}

function addOptimizer(readings: ReadingSet, now: number, gauge: MakeGauge): void {
  const { optimizer, settings } = readings;
  if (optimizer?.value == null) return;
  const tally = tallyOptimizer(optimizer.value, now, settings.planExpiryMs);
  const byState = (name: string, help: string, counts: Map<string, number>) => {
    const states = gauge(name, help, 'state');
    for (const [state, count] of counts) states.set({ state }, count);
  };
  byState('audits', 'Audits by state.', tally.audits);
  byState('action_plans', 'Action plans by Watcher’s state, those of deleted audits too.', tally.plans);
  byState('actions', 'Actions by Watcher’s state, for plans that are waiting, running or shown.', tally.actions);
  addMoves(readings, optimizer.value, gauge);
  gauge('action_plans_waiting', 'Plans waiting for a decision, as on the page of plans.').set(tally.waiting);
  gauge('action_plans_expiring', 'Plans waiting for a decision with less than a quarter of their time left.').set(
    tally.expiring,
  );
  if (tally.oldestWaitingMs !== null)
    gauge('action_plan_oldest_waiting_seconds', 'How long the oldest plan has been waiting for a decision.').set(
      tally.oldestWaitingMs / 1000,
    );
}

/** Moves of plans that ran or run, by what Nova made of them. */
function addMoves(
  readings: ReadingSet,
  plans: NonNullable<NonNullable<ReadingSet['optimizer']>['value']>,
  gauge: MakeGauge,
): void {
  const { ends, contradicted } = tallyMoves(plans, (plan, actions) => happenedTo(readings, plan, actions));
  const moves = gauge('moves', 'Moves of started plans by how they ended in Nova, or by Watcher if unknown.', 'end');
  for (const [end, count] of ends) moves.set({ end: end.replace(' ', '_') }, count);
  gauge('moves_contradicted', 'Moves of started plans about which Nova contradicts Watcher.').set(contradicted);
}

/** How evenly CPU is spread over hosts, as in the review of plans; after: with the newest waiting plan. */
function addBalance(readings: ReadingSet, gauge: MakeGauge): void {
  if (readings.inventory?.value == null || readings.load?.value == null) return;
  const score = gauge(
    'balance_score',
    'How evenly CPU is spread over hosts: 100 if all are equal, 0 if half are idle and half are full.',
    'when',
  );
  const now = scoresBefore(startOf(clusterOf(readings))).cpu;
  if (now) score.set({ when: 'now' }, now.score);
  if (readings.optimizer?.value == null) return;
  const waiting = auditCasesOf(readings).find(({ shown }) => shown?.state === 'RECOMMENDED');
  if (!waiting) return;
  const { balance, totals } = planViewOf(readings, waiting);
  if (balance.after.cpu) score.set({ when: 'after' }, balance.after.cpu.score);
  gauge('balance_moves_estimated', 'Moves of the newest waiting plan with VMs whose CPU is estimated.').set(
    totals.moves_estimated,
  );
}

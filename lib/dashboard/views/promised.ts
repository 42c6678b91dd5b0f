import 'server-only';
import type { Audits, PromisedAudit } from '@/lib/contract/promised/audits';
import type { Stats } from '@/lib/contract/promised/stats';
import type { Overview } from '@/lib/contract/v1/overview';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { listCurrentCluster, promiseAudit } from '@/lib/domain/projection/promised';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import { wholeOf } from '../collect/places';
import { need, type ReadingSet } from '../collect/reading-set';
import { viewOverview } from './overview';

/** A promised answer and the names of its numbers that stand for something unknown. */
type Promised<T> = { view: T; unknown: string[] };

const PHYSICAL_FIELDS = ['total', 'usage', 'free', 'used_percentage'] as const;

/**
 * GET /api/stats/. The contract promises numbers, so what is unknown is 0 and its name is listed.
 *
 * @throws SourceError of Nova or Placement without a reading: nothing here would be true
 */
export function promiseStats(readings: ReadingSet): Promised<Stats> {
  need(readings, 'inventory');
  need(readings, 'allocations');
  const { region, pcpu, pram, vcpu, vram, vm, flavors } = viewOverview(readings, wholeOf(readings));
  const unknown: string[] = [];
  const physical = (name: 'pcpu' | 'pram', block: Overview['pcpu']): Stats['pcpu'] => {
    for (const field of PHYSICAL_FIELDS) if (block[field] === null) unknown.push(`${name}.${field}`);
    return {
      total: block.total ?? 0,
      usage: block.usage ?? 0,
      free: block.free ?? 0,
      used_percentage: block.used_percentage ?? 0,
    };
  };
  const virtual = (name: 'vcpu' | 'vram', block: Overview['vcpu']): Stats['vcpu'] => {
    if (block.total === null) unknown.push(name);
    // Something is allocated although nothing can be: at least all of it, and no ratio says how much.
    const isOverfull = block.total === 0 && block.allocated_percentage === null;
    if (isOverfull && block.overcommit_ratio === null)
      unknown.push(`${name}.overcommit_ratio`, `${name}.overcommit_max`);
    return {
      total: block.total ?? 0,
      allocated: block.allocated ?? 0,
      free: block.free ?? 0,
      allocated_percentage: isOverfull ? 100 : (block.allocated_percentage ?? 0),
      overcommit_ratio: block.overcommit_ratio ?? 0,
      overcommit_max: block.overcommit_max ?? 0,
    };
  };
  const { count, active, stopped, avg_cpu, avg_ram, density } = vm;
  const view = {
    region: { name: region.name, hosts_total: region.hosts_total },
    pcpu: physical('pcpu', pcpu),
    vcpu: virtual('vcpu', vcpu),
    pram: physical('pram', pram),
    vram: virtual('vram', vram),
    // All VMs are known here: without a whole inventory there is no answer.
    vm: {
      count: count ?? 0,
      active: active ?? 0,
      stopped: stopped ?? 0,
      avg_cpu: avg_cpu ?? 0,
      avg_ram: avg_ram ?? 0,
      density: density ?? 0,
    },
    flavors: {
      first_common_flavor: flavors?.[0] ?? null,
      second_common_flavor: flavors?.[1] ?? null,
      third_common_flavor: flavors?.[2] ?? null,
    },
  };
  return { view, unknown };
}

/** The same with the audits one by one: computing all of them at once would block other requests. */
type PromisedAudits = Promised<Omit<Audits, 'audits'> & { audits: Iterable<PromisedAudit> }> & { total: number };

/**
 * GET /api/audits/. Without Prometheus the lists of CPU are empty; without Nova, hosts and VMs have Watcher's names.
 *
 * @throws SourceError of Watcher without a reading
 */
export function promiseAudits(readings: ReadingSet): PromisedAudits {
  const cases = auditCasesOf(readings);
  const isMeasured = readings.load?.value && readings.inventory?.value;
  return {
    view: {
      audits: promiseEach(readings, cases.slice(0, readings.settings.auditsLimit)),
      current_cluster: listCurrentCluster(clusterOf(readings)),
    },
    unknown: [
      ...(isMeasured ? [] : ['current_cluster.cpu_current', 'audits.cpu_current']),
      // Without the use of VMs, the load after a plan is an estimate.
      ...(isMeasured && readings.planLoad?.value ? [] : ['audits.cpu_projected']),
    ],
    total: cases.length,
  };
}

function* promiseEach(readings: ReadingSet, cases: AuditCase[]): Generator<PromisedAudit> {
  for (const auditCase of cases) yield promiseAudit(auditCase, planViewOf(readings, auditCase));
}

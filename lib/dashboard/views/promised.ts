import 'server-only';
import { z } from 'zod';
import { auditsSchema } from '@/lib/contract/promised/audits';
import type { Stats } from '@/lib/contract/promised/stats';
import type { Overview } from '@/lib/contract/v1/overview';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { listCurrentCluster, promiseAudit } from '@/lib/domain/projection/promised';
import { readEnv } from '@/lib/env';
import { openYield } from '@/lib/yield';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import { type Moment, need } from '../collect/moment';
import { effectFor } from './outcomes';
import { viewOverview } from './overview';

/** A promised answer, and which of its numbers stand for something unknown. */
export type Promised<T> = { view: T; unknown: string[]; total?: number };

const PHYSICAL_FIELDS = ['total', 'usage', 'free', 'used_percentage'] as const;

/**
 * GET /api/stats/. The contract promises numbers: what is unknown is 0 and named.
 *
 * @throws SourceError of Nova or Placement where one has no reading left: nothing here would be true
 */
export function promiseStats(moment: Moment): Promised<Stats> {
  need(moment, 'inventory');
  need(moment, 'allocations');
  const { region, pcpu, pram, vcpu, vram, vm, flavors } = viewOverview(moment);
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
    return {
      total: block.total ?? 0,
      allocated: block.allocated ?? 0,
      free: block.free ?? 0,
      allocated_percentage: block.allocated_percentage ?? 0,
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
    vm: { count, active, stopped, avg_cpu: avg_cpu ?? 0, avg_ram: avg_ram ?? 0, density },
    flavors: {
      first_common_flavor: flavors[0] ?? null,
      second_common_flavor: flavors[1] ?? null,
      third_common_flavor: flavors[2] ?? null,
    },
  };
  return { view, unknown };
}

/** A promised answer in pieces of its text, since all of it would keep everybody else waiting while it is made. */
export type PromisedText = { pieces: AsyncIterable<string>; unknown: string[]; total: number };

/**
 * GET /api/audits/. Without Prometheus the lists of CPU are empty; without Nova hosts and VMs are called as Watcher does.
 *
 * @throws SourceError of Watcher where it has no reading left
 */
export function promiseAudits(moment: Moment): PromisedText {
  const cases = auditCasesOf(moment);
  const unknown =
    moment.load?.value && moment.inventory?.value
      ? []
      : ['current_cluster.cpu_current', 'audits.cpu_current', 'audits.cpu_projected'];
  return { pieces: writeAudits(moment, cases.slice(0, readEnv().AUDITS_LIMIT)), unknown, total: cases.length };
}

/** The text of an `Audits`, each part encoded by its contract. */
async function* writeAudits(moment: Moment, cases: AuditCase[]): AsyncGenerator<string> {
  const { audits, current_cluster } = auditsSchema.shape;
  const yieldIfDue = openYield();
  yield '{"audits":[';
  for (const [position, auditCase] of cases.entries()) {
    const audit = promiseAudit(auditCase, planViewOf(moment, auditCase));
    // While its view is at hand.
    effectFor(moment, auditCase);
    yield `${position === 0 ? '' : ','}${JSON.stringify(z.encode(audits.element, audit))}`;
    await yieldIfDue();
  }
  const now = z.encode(current_cluster, listCurrentCluster(clusterOf(moment)));
  yield `],"current_cluster":${JSON.stringify(now)}}`;
}

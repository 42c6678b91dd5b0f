import 'server-only';
import type { StrandedView } from '@/lib/contract/v1/capacity';
import { describeStranded, findFreed, worthOf } from '@/lib/domain/capacity/stranded';
import type { Cluster } from '@/lib/domain/cluster/cluster';
import { isCurrent } from '@/lib/domain/plans/states';
import { yieldIfDue } from '@/lib/yield';
import { auditCasesOf, planViewOf } from '../collect/joined';
import { lastMadeFor, partsOf } from '../collect/last-for';
import type { Within } from '../collect/places';
import type { ReadingSet } from '../collect/reading-set';

/** As many waiting plans are looked at, the newest first. */
const MOST_PLANS = 10;

const keepStranded = lastMadeFor<StrandedView | null>('stranded');

/**
 * What is left and none can use, with the waiting plan that frees the most of it.
 *
 * @param readings with inventory, allocations, optimizer
 * @param within the hosts that it is about
 */
export const viewStranded = (readings: ReadingSet, { cluster }: Within): Promise<StrandedView | null> =>
  keepStranded([...partsOf(readings, ['inventory', 'allocations', 'optimizer', 'migrations']), cluster], () =>
    findBest(readings, cluster),
  );

async function findBest(readings: ReadingSet, { hosts }: Cluster): Promise<StrandedView | null> {
  const stranded = describeStranded(hosts);
  if (stranded === null || !readings.optimizer?.value) return stranded;
  const { ram_without_vcpu: ram, vcpu_without_ram: vcpus } = stranded;
  if (ram.amount + vcpus.amount === 0) return stranded;
  const waiting = auditCasesOf(readings).filter(({ shown }) => shown !== null && isCurrent(shown.state));
  let best: { freed: NonNullable<StrandedView['freed']>; worth: number } | null = null;
  for (const auditCase of waiting.slice(0, MOST_PLANS)) {
    const { audit, shown } = auditCase;
    const found = findFreed(stranded, hosts, planViewOf(readings, auditCase).projection.hosts);
    await yieldIfDue();
    if (shown === null || found === null || worthOf(stranded, found) <= (best?.worth ?? 0)) continue;
    best = {
      freed: { audit_id: audit.id, plan_id: shown.id, audit_name: audit.name, ...found },
      worth: worthOf(stranded, found),
    };
  }
  return { ...stranded, freed: best?.freed ?? null };
}

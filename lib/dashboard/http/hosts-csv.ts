import 'server-only';
import { firstOrder, overcommitOf } from '@/lib/contract/choices';
import { hostsCsvQuerySchema } from '@/lib/contract/query';
import type { Host } from '@/lib/contract/v1/hosts';
import { rounded } from '@/lib/format';
import { takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { hostsGiven } from '../views/host-places';
import { planForPage, viewHosts } from '../views/hosts';
import { qualityOf } from '../views/quality';
import { checkQuery } from './check-query';
import { type CsvField, csvFile, csvOf, isoOf } from './csv-file';
import { requirePlace } from './require-place';
import { serve } from './serve';

/** GET /hosts.csv: the table of the hosts page as a file, with all rows that match, in the same order. */
export function serveHostsCsv(request: Request): Promise<Response> {
  return serve(request, async (region) => {
    const { audit, order, ...query } = checkQuery(hostsCsvQuerySchema, request);
    const readings = await takeReadings(region, ALL_READINGS);
    await requirePlace(readings, query);
    const selection = { ...query, order: order ?? firstOrder(query.sort), limit: Number.MAX_SAFE_INTEGER, offset: 0 };
    const { effect } = planForPage(readings, audit);
    const { hosts } = viewHosts(readings, selection, { effect, ...(await hostsGiven(region, readings)) });
    const quality = qualityOf(readings, []);
    return csvFile('hosts', [hostsCsv(hosts)], quality);
  });
}

const FIELDS: CsvField<Host>[] = [
  ['host', ({ name }) => name],
  ['hypervisor_hostname', ({ hypervisor_hostname: name }) => name],
  ['state', ({ state }) => state],
  ['status', ({ status }) => status],
  ['disabled_reason', ({ disabled_reason: reason }) => reason],
  ['level', ({ level }) => level],
  ['cpu_percent', ({ cpu }) => rounded(cpu.used_percentage)],
  ['cpu_after_percent', ({ after }) => rounded(after?.cpu_after)],
  ['ram_percent', ({ ram }) => rounded(ram.used_percentage)],
  ['ram_after_percent', ({ after }) => rounded(after?.ram_after)],
  ['cores', ({ cpu, vcpu }) => rounded(cpu.total ?? vcpu?.total, 0)],
  ['ram_bytes', ({ ram, vram }) => rounded(ram.total ?? vram?.total, 0)],
  ['vms', ({ vms }) => vms],
  ['vms_leaving', ({ after }) => after?.leaving],
  ['vms_arriving', ({ after }) => after?.arriving],
  ['vcpu_allocated', ({ vcpu }) => vcpu?.allocated],
  ['vcpu_capacity', ({ vcpu }) => vcpu?.capacity],
  ['vcpu_overcommit', (host) => rounded(overcommitOf(host), 2)],
  ['ram_allocated_bytes', ({ vram }) => vram?.allocated],
  ['ram_capacity_bytes', ({ vram }) => vram?.capacity],
  ['why_unknown', ({ reason }) => reason],
  ['out_of_service', ({ out }) => out?.state],
  ['out_in_words', ({ out }) => out?.text],
  ['closed_by', ({ out }) => out?.closed?.person ?? out?.closed?.by],
  ['closed_since', ({ out }) => isoOf(out?.since)],
  ['closed_why', ({ out }) => out?.closed?.reason],
  ['back_by', ({ out }) => isoOf(out?.closed?.back_by)],
];

/** Loads in percent, RAM in bytes; an unknown value is an empty cell. */
export const hostsCsv = (hosts: Host[]): string => csvOf(FIELDS, hosts);

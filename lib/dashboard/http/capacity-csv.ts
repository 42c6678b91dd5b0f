import 'server-only';
import { capacityQuerySchema } from '@/lib/contract/query';
import type { Capacity, FlavorSlots } from '@/lib/contract/v1/capacity';
import { type Cell, csvRows } from '@/lib/domain/review/quoting';
import { fileStamp } from '@/lib/format';
import { takeReadings } from '../collect/reading-set';
import { regionOfRequest } from '../process/region';
import { CAPACITY_NAMES, viewCapacity } from '../views/capacity';
import { qualityOf } from '../views/quality';
import { checkQuery } from './check-query';
import { serve } from './serve';

/** GET /capacity.csv: how many more VMs fit, a line for each flavor and zone. */
export function serveCapacityCsv(request: Request): Promise<Response> {
  const region = regionOfRequest();
  return serve(request, region, async () => {
    const query = checkQuery(capacityQuerySchema, request);
    const readings = await takeReadings(region, CAPACITY_NAMES);
    const view = await viewCapacity(readings, query);
    const quality = qualityOf(readings, []);
    const stamp = fileStamp(quality.asOf ?? Date.now());
    return {
      body: [capacityCsv(view)],
      contentType: 'text/csv; charset=utf-8; header=present',
      headers: [['content-disposition', `attachment; filename="capacity-${stamp}.csv"`]],
      quality,
    };
  });
}

type Row = { flavor: FlavorSlots; zone: FlavorSlots['zones'][number] };

const FIELDS: [name: string, value: (row: Row) => Cell][] = [
  ['flavor', ({ flavor }) => flavor.name],
  ['zone', ({ zone }) => zone.zone],
  ['slots', ({ zone }) => zone.slots],
  ['ends', ({ zone }) => zone.ends],
  ['slots_region', ({ flavor }) => flavor.slots],
  ['slots_region_from_volume', ({ flavor }) => flavor.slots_from_volume],
  ['vms', ({ flavor }) => flavor.vms],
  ['vcpus', ({ flavor }) => flavor.vcpus],
  ['pinned', ({ flavor }) => (flavor.pinned ? 'yes' : 'no')],
  ['ram_bytes', ({ flavor }) => flavor.ram],
  ['disk_bytes', ({ flavor }) => flavor.disk],
  ['not_checked', ({ flavor }) => flavor.not_checked.join('; ') || null],
];

function capacityCsv({ flavors, size }: Capacity): string {
  const rows = [...(size === null ? [] : [size]), ...flavors].flatMap((flavor) =>
    flavor.zones.map((zone) => ({ flavor, zone })),
  );
  return csvRows(
    FIELDS.map(([name]) => name),
    rows.map((row) => FIELDS.map(([, value]) => value(row))),
  );
}

import 'server-only';
import type { CapacityPart } from '@/lib/contract/choices';
import { capacityQuerySchema } from '@/lib/contract/query';
import type { Capacity, FlavorSlots } from '@/lib/contract/v1/capacity';
import { takeReadings } from '../collect/reading-set';
import { CAPACITY_NAMES, viewCapacity } from '../views/capacity';
import { qualityOf } from '../views/quality';
import { checkQuery } from './check-query';
import { type CsvField, csvFile, csvOf } from './csv-file';
import { requirePlace } from './require-place';
import { serve } from './serve';

/** GET /capacity.csv: how many more VMs fit, a line for each flavor and zone, or aggregate. */
export function serveCapacityCsv(request: Request): Promise<Response> {
  return serve(request, async (region) => {
    const query = checkQuery(capacityQuerySchema, request);
    const readings = await takeReadings(region, CAPACITY_NAMES);
    await requirePlace(readings, query);
    const view = await viewCapacity(readings, query);
    const quality = qualityOf(readings, []);
    return csvFile('capacity', [capacityCsv(view, query.by)], quality);
  });
}

type Part = { name: string; slots: number | null; ends: string };
type Row = { flavor: FlavorSlots; part: Part };

const FIELDS: CsvField<Row>[] = [
  ['flavor', ({ flavor }) => flavor.name],
  ['slots', ({ part }) => part.slots],
  ['ends', ({ part }) => part.ends],
  ['slots_region', ({ flavor }) => flavor.slots],
  ['slots_region_from_volume', ({ flavor }) => flavor.slots_from_volume],
  ['vms', ({ flavor }) => flavor.vms],
  ['vcpus', ({ flavor }) => flavor.vcpus],
  ['pinned', ({ flavor }) => (flavor.pinned ? 'yes' : 'no')],
  ['ram_bytes', ({ flavor }) => flavor.ram],
  ['disk_bytes', ({ flavor }) => flavor.disk],
  ['not_checked', ({ flavor }) => flavor.not_checked.join('; ') || null],
];

const partsOf = ({ zones, aggregates }: FlavorSlots, by: CapacityPart): Part[] =>
  by === 'zone'
    ? zones.map(({ zone, ...rest }) => ({ name: zone, ...rest }))
    : aggregates.map(({ aggregate, ...rest }) => ({ name: aggregate, ...rest }));

/** The second column is a zone or an aggregate. */
function capacityCsv({ flavors, size }: Capacity, by: CapacityPart): string {
  const fields = FIELDS.toSpliced(1, 0, [by, ({ part }) => part.name]);
  const rows = [...(size === null ? [] : [size]), ...flavors].flatMap((flavor) =>
    partsOf(flavor, by).map((part) => ({ flavor, part })),
  );
  return csvOf(fields, rows);
}

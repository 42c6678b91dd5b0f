import { NO_PLACE } from './address-parts';
import { type Endpoint, endpoint } from './endpoint';
import { capacityQuerySchema, hostFailuresQuerySchema } from './query';
import { capacitySchema } from './v1/capacity';
import { forecastsSchema } from './v1/forecast';
import { hostFailuresSchema } from './v1/host-failures';

/** Endpoints for planning; rows of `ENDPOINTS`. */
export const CAPACITY_ENDPOINTS = {
  capacity: endpoint(
    '/api/v1/capacity/',
    [
      'capacity',
      'How many more VMs of each flavor fit, per zone, what ends it, and what is stranded.',
      'Counted host by host over open hosts, with allocation ratio, reserve, max_unit, traits, aggregates and pinned CPUs. `vcpus` and `ram_mib` ask about a size.',
    ],
    { answer: capacitySchema, query: capacityQuerySchema, missing: NO_PLACE, csv: '/capacity.csv' },
  ),
  hostFailures: endpoint(
    '/api/v1/capacity/host-failures/',
    [
      'capacity',
      'What if a host fails: the VMs for which no place was found, for each host, the worst k hosts of a zone, racks and aggregates.',
      'All VMs of a host are placed on the others of its zone, or of any zone if Nova says that nobody asked for one, those with the fewest suitable hosts first, then the largest, or the smallest before the largest if that places more. Takes a second for a thousand hosts, once for as long as nothing changes.',
    ],
    {
      answer: hostFailuresSchema,
      query: hostFailuresQuerySchema,
      csv: '/host-failures.csv',
      missing: 'No compute host has one of the names in `hosts`, or no aggregate with hosts has that name.',
    },
  ),
  forecast: endpoint(
    '/api/v1/capacity/forecast/',
    [
      'capacity',
      'When each zone is full: by allocation, which refuses VMs, and by use.',
      'From one figure a day over at most 90 days, which an openstack-exporter provides or the dashboard has kept itself. A range, or the reason why there is none.',
    ],
    { answer: forecastsSchema, csv: '/days-to-full.csv' },
  ),
} as const satisfies Record<string, Endpoint>;

import { NO_PLACE } from './address-parts';
import { type Endpoint, endpoint } from './endpoint';
import { historyQuerySchema, hostPlanQuerySchema, hostsQuerySchema } from './query';
import { drainSchema } from './v1/drain';
import { hostDetailSchema, hostHistorySchema, hostsSchema } from './v1/hosts';
import { outMoreSchema } from './v1/out-of-service';
import { hostServersSchema } from './v1/review';

const HOST = {
  params: { name: 'Service host, hypervisor name, short name or hypervisor UUID.' },
  missing: 'No compute host has this name.',
};

/** Endpoints of hosts; rows of `ENDPOINTS`. */
export const HOST_ENDPOINTS = {
  hosts: endpoint(
    '/api/v1/hosts/',
    ['hosts', 'Compute hosts, now and after a plan.', 'One page of the hosts that match, sorted as requested.'],
    {
      answer: hostsSchema,
      query: hostsQuerySchema,
      counted: true,
      csv: '/hosts.csv',
      missing: `No audit has the id or name in \`audit\`. ${NO_PLACE}`,
    },
  ),
  outOfService: endpoint(
    '/api/v1/out-of-service/',
    [
      'hosts',
      'How hosts were left behind, and those that are back in service.',
      'Beside the hosts that are out of service now: `show=out-of-service` of the list of hosts. From Watcher’s actions and the journal of this server.',
    ],
    { answer: outMoreSchema },
  ),
  host: endpoint(
    '/api/v1/hosts/{name}/',
    ['hosts', 'One compute host with its VMs, now and after a plan.', 'The VMs have their measured use.'],
    {
      ...HOST,
      answer: hostDetailSchema,
      query: hostPlanQuerySchema,
      missing: 'No compute host has this name, or no audit has the id or name in `audit`.',
    },
  ),
  hostHistory: endpoint(
    '/api/v1/hosts/{name}/history/',
    ['hosts', 'CPU and RAM of a host over time.', 'As far back as Prometheus keeps data.'],
    { ...HOST, answer: hostHistorySchema, query: historyQuerySchema },
  ),
  hostServers: endpoint(
    '/api/v1/hosts/{name}/servers/',
    [
      'hosts',
      'VMs of a host, in the form that a plan review needs.',
      'For computing a variant that empties this host.',
    ],
    { ...HOST, answer: hostServersSchema },
  ),
  hostDrain: endpoint(
    '/api/v1/hosts/{name}/drain/',
    [
      'hosts',
      'The proof that a host can be drained: a place for each of its VMs, found before anything moves.',
      'The cloud is read again. Each VM is checked with Placement, zones, aggregates, traits, server groups, CPU peaks and free RAM, in the cloud that the moves before it leave. Nothing is changed.',
    ],
    { ...HOST, answer: drainSchema, quality: false },
  ),
} as const satisfies Record<string, Endpoint>;

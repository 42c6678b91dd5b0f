import type { Fault } from '@/lib/simulation/faults';
import type { ServiceName } from '@/lib/simulation/wire';
import { HOUR_MS } from '@/lib/units';

/** A way in which a service can break. */
export type Kind = {
  name: string;
  fault: Fault;
  /** The services that can break this way; default: all. */
  of?: ServiceName[];
  /** false if everything works as usual in spite of it. */
  harms?: boolean;
};

const OPENSTACK: ServiceName[] = ['nova', 'placement', 'watcher'];

export const KINDS: Kind[] = [
  { name: 'refused', fault: { reset: true } },
  { name: 'hanging', fault: { hang: true } },
  { name: 'slow drip', fault: { dripMs: 1_000 } },
  { name: 'reset mid-body', fault: { resetBody: true } },
  ...[500, 502, 503, 504, 401, 406].map((status) => ({ name: String(status), fault: { status } })),
  { name: '403', fault: { status: 403 } },
  { name: '403 for all tenants', fault: { status: 403, only: 'all_tenants' }, of: ['nova'] },
  { name: '429 with Retry-After', fault: { status: 429, retryAfter: 30 } },
  { name: '503 with Retry-After', fault: { status: 503, retryAfter: 30 } },
  { name: 'not in the catalog', fault: { missing: true }, of: OPENSTACK },
  { name: 'HTML', fault: { html: true } },
  { name: 'HTML of a proxy', fault: { html: true, status: 502 } },
  { name: 'truncated JSON', fault: { truncate: true } },
  { name: 'wrong types', fault: { wrongTypes: true } },
  { name: '100 MB', fault: { bigBytes: 100 * 1_048_576 } },
  { name: 'redirect to another host', fault: { redirect: 'http://elsewhere.test/' } },
  { name: 'clock ahead', fault: { skewMs: 2 * HOUR_MS }, of: ['keystone', ...OPENSTACK], harms: false },
  { name: 'clock behind', fault: { skewMs: -2 * HOUR_MS }, of: ['keystone', ...OPENSTACK], harms: false },
];

export const SERVICES: ServiceName[] = ['keystone', 'nova', 'placement', 'watcher', 'prometheus'];

export type Break = { service: ServiceName; kind: Kind };

export const SINGLES: Break[] = SERVICES.flatMap((service) =>
  KINDS.filter(({ of }) => !of || of.includes(service)).map((kind) => ({ service, kind })),
);

/** All pairs of faults of two services. */
export const PAIRS: [Break, Break][] = SINGLES.flatMap((one, at) =>
  SINGLES.slice(at + 1).flatMap((other): [Break, Break][] => (one.service === other.service ? [] : [[one, other]])),
);

export const describeBreak = ({ service, kind }: Break): string => `${service}: ${kind.name}`;

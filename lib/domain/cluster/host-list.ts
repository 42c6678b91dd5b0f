import { type HostColumn, type HostFilter, overcommitOf } from '@/lib/contract/choices';
import type { Host, Hosts } from '@/lib/contract/v1/hosts';
import { sortBy } from '@/lib/sort';

export type HostSelection = {
  search: string;
  zone?: string;
  aggregate?: string;
  show: HostFilter;
  sort: HostColumn;
  order: 'asc' | 'desc';
};

/** Hosts a plan touches: VMs would leave or arrive. */
const isInPlan = ({ after }: Host): boolean => after !== null && after.leaving + after.arriving > 0;

const SHOWS: Record<HostFilter, (host: Host) => boolean> = {
  all: () => true,
  hot: ({ level }) => level === 'hot',
  warm: ({ level }) => level === 'warm',
  'in-plan': isInPlan,
  'out-of-service': ({ out }) => out !== null,
};

/** Hosts with problems first: down, then disabled, then unknown. */
const stateRank = ({ state, status }: Host): number =>
  state === 'down' ? 3 : status === 'disabled' ? 2 : state === 'unknown' || status === 'unknown' ? 1 : 0;

const VALUES: Record<Exclude<HostColumn, 'name'>, (host: Host) => number | null> = {
  state: stateRank,
  cpu: ({ cpu }) => cpu.used_percentage,
  'cpu-after': ({ after }) => after?.cpu_after ?? null,
  ram: ({ ram }) => ram.used_percentage,
  'ram-after': ({ after }) => after?.ram_after ?? null,
  vms: ({ vms }) => vms,
  vcpu: ({ vcpu }) => vcpu?.allocated ?? null,
  overcommit: overcommitOf,
  vram: ({ vram }) => vram?.allocated ?? null,
  cores: ({ cpu, vcpu }) => cpu.total ?? vcpu?.total ?? null,
  'ram-size': ({ ram, vram }) => ram.total ?? vram?.total ?? null,
};

/**
 * The matching hosts in order, and how many each filter would match.
 *
 * @param hosts in natural order, which is also the order of equal values
 */
export function selectHosts(
  hosts: Host[],
  selection: HostSelection,
): Pick<Hosts, 'hosts' | 'counts' | 'zones' | 'aggregates'> {
  const needle = selection.search.trim().toLowerCase();
  const { zone, aggregate, show } = selection;
  const found = hosts.filter(
    (host) =>
      (zone === undefined || host.zone === zone) &&
      (aggregate === undefined || host.aggregates?.includes(aggregate)) &&
      textsOf(host, show).some((text) => text.toLowerCase().includes(needle)),
  );
  const countOf = (filter: HostFilter) => found.filter(SHOWS[filter]).length;
  return {
    hosts: sortHosts(found.filter(SHOWS[selection.show]), selection),
    zones: [...new Set(hosts.flatMap((host) => host.zone ?? []))],
    aggregates: [...new Set(hosts.flatMap((host) => host.aggregates ?? []))].sort(),
    counts: {
      all: found.length,
      hot: countOf('hot'),
      warm: countOf('warm'),
      in_plan: countOf('in-plan'),
      out_of_service: countOf('out-of-service'),
      left_behind: found.filter(({ out }) => out?.state === 'left-behind').length,
    },
  };
}

/** Who closed a host, and why, is looked for where that is shown. */
const textsOf = ({ name, hypervisor_hostname: other, out }: Host, show: HostFilter): string[] => [
  name,
  other,
  ...(show === 'out-of-service' ? [out?.closed?.person ?? [], out?.closed?.reason ?? []].flat() : []),
];

function sortHosts(hosts: Host[], { sort, order }: HostSelection): Host[] {
  if (sort === 'name') return order === 'asc' ? hosts : hosts.toReversed();
  return sortBy(hosts, VALUES[sort], order === 'desc');
}

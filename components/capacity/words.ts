import type { Capacity, FlavorSlots } from '@/lib/contract/v1/capacity';
import type { GroupLoss, HostFailures, HostLoss, UnplacedVm } from '@/lib/contract/v1/host-failures';
import { formatCount, formatNames, formatThings } from '@/lib/format';
import type { CapacityPlace } from './choice';

/** What the page about capacity says. */

type Page = { capacity: Capacity; failures: HostFailures };

/** "962 more m1.large fit; az-b can’t lose a host" */
export function titleOf({ capacity, failures }: Page, { zone, aggregate }: CapacityPlace): string {
  const [common] = capacity.flavors;
  if (capacity.reason !== null) return 'How many more VMs fit is unknown';
  if (common === undefined) return 'No flavor to count';
  const places = [zone, aggregate].filter((name) => name !== undefined);
  const within = places.length === 0 ? '' : ` in ${places.join(' and ')}`;
  return `${formatCount(common.slots)} more ${common.name} ${common.slots === 1 ? 'fits' : 'fit'}${within}${failureInTitle(failures)}`;
}

function failureInTitle({ zones }: HostFailures): string {
  const bad = zones.filter(({ hosts_with_unplaced: hosts }) => hosts > 0).map(({ zone }) => zone);
  if (zones.length === 0) return '';
  if (bad.length === 0) return '; any one host may fail';
  return zones.length === 1 ? '; not every host may fail' : `; ${formatNames(bad)} can’t lose a host`;
}

/** "552 in az-a, 410 in az-b." */
export function zonesInWords({ capacity: { flavors, zones } }: Page): string {
  const own = flavors[0]?.zones ?? [];
  if (zones.length < 2 || own.length === 0) return '';
  const parts = own.slice(0, MOST_ZONES).map(({ zone, slots }) => `${formatCount(slots)} in ${zone}`);
  const rest = own.length - parts.length;
  return `${parts.join(', ')}${rest > 0 ? ` and ${formatThings(rest, 'zone')} more` : ''}. `;
}

const MOST_ZONES = 4;

/** "4 vCPU, 8 GiB", "8 pinned, 32 GiB" */
export const cpusInWords = ({ vcpus, pinned }: Pick<FlavorSlots, 'vcpus' | 'pinned'>): string =>
  `${formatCount(vcpus)} ${pinned ? 'pinned' : 'vCPU'}`;

/** "Without cmp-r02-06 no place was found for 3 of its 19 VMs" */
export function lossInWords({ hosts, unplaced, vms }: HostLoss): string {
  const whose = hosts.length === 1 ? 'its' : 'their';
  const without = hosts.length > 2 ? formatThings(hosts.length, 'host') : hostsInWords(hosts);
  return `Without ${without} no place was found for ${formatCount(unplaced)} of ${whose} ${formatThings(vms, 'VM')}`;
}

export const hostsInWords = (hosts: string[]): string => formatNames(hosts, 2);

const WORDS = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

export const numberInWords = (count: number): string => WORDS[count] ?? formatCount(count);

/** "As far as was tried, any four hosts may fail." */
export const survivesInWords = (survives: number): string =>
  survives === 0
    ? 'Not even every single host may fail.'
    : `As far as was tried, any ${survives === 1 ? 'one host' : `${numberInWords(survives)} hosts`} may fail.`;

/** Racks and aggregates; the chosen aggregate first, whatever its size. */
export function groupsIn({ groups, asked }: HostFailures, { aggregate }: CapacityPlace): GroupLoss[] {
  if (aggregate === undefined || asked === null) return groups;
  const others = groups.filter(({ kind, name }) => kind !== 'aggregate' || name !== aggregate);
  return [{ kind: 'aggregate', name: aggregate, loss: asked }, ...others];
}

/** VMs for which the same reason was found. */
export function groupByText(vms: UnplacedVm[]): { text: string; names: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { text, name } of vms) groups.set(text, [...(groups.get(text) ?? []), name]);
  return [...groups].map(([text, names]) => ({ text, names }));
}

/** "; the VMs leave room for 14 more m1.large" */
export const leavesInWords = ({ leaves }: HostLoss, reference: string | null): string =>
  leaves === null || reference === null ? '' : `, and ${formatCount(leaves)} more ${reference} still fit`;

/** "No new VM can have …: m1.xlarge (189 VMs)." */
export function describeNotOffered(flavors: Capacity['not_offered']): string {
  const names = formatNames(flavors.map(({ name, vms }) => `${name} (${formatThings(vms, 'VM')})`));
  return `No new VM can have these flavors, which Nova lists no more: ${names}.`;
}

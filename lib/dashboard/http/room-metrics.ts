import 'server-only';
import { MOST_FAILING } from '@/lib/contract/choices';
import type { ReadingSet } from '../collect/reading-set';
import { viewCapacity } from '../views/capacity';
import { viewHostFailures } from '../views/host-failures';
import type { MakeGauge } from './make-gauge';

/** Some clouds have a flavor for every project; those with the most VMs are enough for an alert. */
const MOST_FLAVORS = 50;

const MAY_FAIL = `Hosts of a zone that may fail together: for the worst that many that were found, up to ${MOST_FAILING}, all VMs found a place.`;

/** How many more VMs fit, and for how many no place was found if a host fails. @param readings with all readings */
export async function addRoom(readings: ReadingSet, gauge: MakeGauge): Promise<void> {
  if (readings.inventory?.value == null || readings.inventory.state === 'partial') return;
  const { flavors, stranded } = await viewCapacity(readings, {});
  const slots = gauge('slots', 'VMs of a flavor that still fit in a zone, if no other VM comes.', 'flavor', 'zone');
  for (const { name: flavor, zones } of flavors.slice(0, MOST_FLAVORS))
    for (const { zone, slots: own } of zones) if (own !== null) slots.set({ flavor, zone }, own);
  if (stranded !== null) {
    const { ram_without_vcpu: ram, vcpu_without_ram: vcpus } = stranded;
    gauge('stranded_ram_bytes', 'RAM of hosts that have no vCPUs left for the VM of median size.').set(ram.amount);
    gauge('stranded_vcpus', 'vCPUs of hosts that have no RAM left for the VM of median size.').set(vcpus.amount);
  }
  const failures = await viewHostFailures(readings);
  if (failures.reason !== null) return;
  const help =
    'Hosts of a zone whose failure would leave VMs for which no place was found: 0 if any one host may fail.';
  const hosts = gauge('hosts_without_substitute', help, 'zone');
  const vms = gauge('vms_without_place', 'The most VMs without a place if one host of the zone fails.', 'zone');
  const may = gauge('hosts_may_fail', MAY_FAIL, 'zone');
  for (const { zone, hosts_with_unplaced: bad, tightest, survives } of failures.zones) {
    hosts.set({ zone }, bad);
    may.set({ zone }, survives);
    vms.set({ zone }, tightest?.unplaced ?? 0);
  }
}

import type { Server } from '@/lib/openstack/records';

/**
 * Bytes of disk that move with VMs, unless hosts share their storage. The disks of a flavor are one sum, so that a VM that
 * boots from a volume counts with none. null if Nova does not say what one of them boots from.
 */
export function diskToCopy(servers: Pick<Server, 'flavor' | 'bootsFromVolume'>[]): number | null {
  let sum = 0;
  for (const { flavor, bootsFromVolume } of servers) {
    if (bootsFromVolume === true) continue;
    if (bootsFromVolume === undefined || flavor === null) return null;
    sum += flavor.diskBytes;
  }
  return sum;
}

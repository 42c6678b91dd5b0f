import type { HostColumns } from '@/lib/contract/v1/host-map';
import { type Cluster, cpuPercent, ramPercent } from './cluster';

/** Every host in a few numbers, as columns of equal length. */
export function listColumns({ hosts }: Cluster): HostColumns {
  const away = hosts.flatMap(({ name, hypervisor: { state, status } }) => {
    const words = [...(state === 'up' ? [] : [state]), ...(status === 'enabled' ? [] : [status])];
    return words.length === 0 ? [] : [[name, words.join(', ')] as const];
  });
  return {
    names: hosts.map(({ name }) => name),
    cpu: hosts.map(cpuPercent),
    ram: hosts.map(ramPercent),
    vms: hosts.map(({ servers }) => servers.length),
    away: Object.fromEntries(away),
  };
}

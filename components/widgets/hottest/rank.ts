import type { HostColumns } from '@/lib/contract/v1/host-map';

/** The number of rows that fit beside the map: 5, 6 above 24 hosts, 8 above 500. */
export const rowsFor = (hosts: number): number => (hosts > 500 ? 8 : hosts > 24 ? 6 : 5);

export type RankedHost = { at: number; name: string; cpu: number; ram: number | null };

/** Measured hosts, those with the most CPU in use first. */
export function rankHosts({ names, cpu, ram }: HostColumns, most: number): RankedHost[] {
  return names
    .flatMap((name, at) => {
      const load = cpu[at] ?? null;
      return load === null ? [] : [{ at, name, cpu: load, ram: ram[at] ?? null }];
    })
    .sort((a, b) => b.cpu - a.cpu || a.at - b.at)
    .slice(0, most);
}

import type { Size } from './size-form';

/** What the address of the page asks for. */

export type Query = Record<string, string | string[] | undefined>;

const MOST = 1_000_000;

/** Invalid values count as absent. */
export function readSize(query: Query): Size {
  return {
    vcpus: numberIn(query.vcpus),
    ram_gib: numberIn(query.ram_gib),
    disk_gib: numberIn(query.disk_gib),
    pinned: query.pinned === 'yes' ? 'yes' : 'no',
  };
}

function numberIn(given: Query[string]): number | undefined {
  const number = typeof given === 'string' && /^\d{1,7}$/.test(given) ? Number(given) : 0;
  return number > 0 && number <= MOST ? number : undefined;
}

const MIB_IN_GIB = 1024;

/** The same as the API asks for it. */
export const toQuery = ({ ram_gib: ram, ...size }: Size) => ({
  ...size,
  ram_mib: ram === undefined ? undefined : ram * MIB_IN_GIB,
});

/** The address of the table as a file. */
export function capacityCsvAddress(size: Size): string {
  const query = Object.entries(toQuery(size)).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === 'no' ? [] : [[name, String(value)]],
  );
  return query.length === 0 ? '/capacity.csv' : `/capacity.csv?${new URLSearchParams(query)}`;
}

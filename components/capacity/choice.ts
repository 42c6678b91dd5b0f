import { CAPACITY_PARTS, type CapacityPart, MOST_FAILING } from '@/lib/contract/choices';

/** What the address of the page asks for. */

/** A size that somebody asks about. */
export type Size = { vcpus?: number; ram_gib?: number; disk_gib?: number; pinned: 'yes' | 'no' };

export type Query = Record<string, string | string[] | undefined>;

const MOST = 1_000_000;

/** Which hosts count, what their slots are counted by, and how many hosts of a zone fail together. */
export type CapacityPlace = {
  zone: string | undefined;
  aggregate: string | undefined;
  by: CapacityPart;
  k: number;
};

const USUAL_FAILING = 2;

/** Whether nobody has chosen how many hosts fail. */
export const isUsual = ({ k }: CapacityPlace): boolean => k === USUAL_FAILING;

/** Invalid values count as absent. */
export const readPlace = ({ zone, aggregate, by, k }: Query): CapacityPlace => ({
  zone: textIn(zone),
  aggregate: textIn(aggregate),
  by: CAPACITY_PARTS.find((part) => part === by) ?? 'zone',
  k: Math.max(USUAL_FAILING, Math.min(MOST_FAILING, numberIn(k) ?? USUAL_FAILING)),
});

const textIn = (given: Query[string]): string | undefined =>
  typeof given === 'string' && given !== '' ? given : undefined;

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
export const toQuery = ({ ram_gib: ram, ...size }: Size, { k: _, ...place }: CapacityPlace) => ({
  ...size,
  ram_mib: ram === undefined ? undefined : ram * MIB_IN_GIB,
  ...place,
});

const DEFAULTS = ['no', 'zone'];

const written = (values: Record<string, string | number | undefined>): string => {
  const query = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined || DEFAULTS.includes(String(value)) ? [] : [[name, String(value)]],
  );
  return query.length === 0 ? '' : `?${new URLSearchParams(query)}`;
};

/** The address of the table as a file. */
export const capacityCsvAddress = (size: Size, place: CapacityPlace): string =>
  `/capacity.csv${written(toQuery(size, place))}`;

/** The address of the page. */
export const capacityAddress = (size: Size, { k, ...place }: CapacityPlace): string =>
  `/capacity/${written({ ...size, ...place, k: k === USUAL_FAILING ? undefined : k })}`;

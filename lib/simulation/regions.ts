import { openTokens } from './keystone';
import { openSimulation, type Simulation, type SimulationOptions } from './simulation';
import type { RegionHere } from './wire';

export type SimulatedRegions = {
  /** In the order of the options; the first has the addresses without the name of a region. */
  regions: Simulation[];
  /** As that of one simulation; a path that begins with the name of another region is about that one. */
  answer(request: Request): Promise<Response>;
};

/** Several regions with one Keystone, whose catalog has the services of all of them. */
export function openSimulatedRegions(all: SimulationOptions[]): SimulatedRegions {
  const places: RegionHere[] = [];
  const among = { tokens: openTokens(), regions: places };
  const regions = all.map((options) => openSimulation({ ...options, among }));
  for (const [i, { cloud }] of regions.entries()) places.push({ cloud, base: i === 0 ? '' : `/${cloud.region}` });
  const [first] = regions;
  if (first === undefined) throw new Error('a cloud has at least one region');
  return {
    regions,
    answer(request) {
      const url = new URL(request.url);
      const at = places.findIndex(({ base }) => base !== '' && url.pathname.startsWith(`${base}/`));
      const [region, base] = [regions[at], among.regions[at]?.base ?? ''];
      if (region === undefined) return first.answer(request);
      url.pathname = url.pathname.slice(base.length);
      return region.answer(new Request(url, request));
    },
  };
}

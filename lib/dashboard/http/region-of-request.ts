import 'server-only';
import { REGION_PARAMETER } from '@/lib/contract/choices';
import type { RegionId } from '../process/region';
import { currentAddress } from '../process/request-context';
import { defaultRegion, findRegion, listRegions, regionOf } from '../sources/regions';
import { RequestError } from './problems';

/** Which region a request is about: the one that the parameter `region` of its address names, or else the default. */

/** @param address path and query @returns null if there is no such region here */
export function regionOfAddress(address: string): RegionId | null {
  const at = address.indexOf('?');
  // Most addresses name none, and this is asked before every early answer.
  if (at === -1 || !address.includes(`${REGION_PARAMETER}=`, at)) return defaultRegion().id;
  const given = new URLSearchParams(address.slice(at)).get(REGION_PARAMETER);
  return given === null || given === '' ? defaultRegion().id : (findRegion(given)?.id ?? null);
}

const NO_REGION = 'This server shows no region with this id. /api/v1/regions/ lists those that it shows.';

/** @throws RequestError if there is no such region here */
export function regionIn({ url }: Request): RegionId {
  const region = regionOfAddress(url);
  if (region === null) throw new RequestError('not-found', NO_REGION, REGION_PARAMETER);
  return region;
}

/** The region of the page that is made; proxy.ts has refused addresses that name none. */
export const regionOfPage = (): RegionId => regionOfAddress(currentAddress() ?? '') ?? defaultRegion().id;

/** What the frame of every page says about its region. */
export type PageRegion = {
  /** The name of the region as the settings have it. */
  label: string;
  /** Whether this server shows others. */
  hasOthers: boolean;
  /** What addresses of the page keep, so that they stay in the region; null for the default one. */
  kept: { name: string; value: string } | null;
};

export function describePageRegion(): PageRegion {
  const id = regionOfPage();
  return {
    label: regionOf(id).label,
    hasOthers: listRegions().length > 1,
    kept: id === defaultRegion().id ? null : { name: REGION_PARAMETER, value: id },
  };
}

/** For a page of a region that does not exist; its address may be an old one. */
export const refuseRegion = (): Response =>
  new Response('This server shows no region with this id. Its regions are at /regions/\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

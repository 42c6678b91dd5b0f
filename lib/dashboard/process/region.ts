import 'server-only';

declare const regionId: unique symbol;

/**
 * Identifies one of the regions that this process shows: `cloud/region`, or only the cloud where the region has no name in
 * the settings. Every reading, cache key, kept answer, turn and row of the journal belongs to one.
 */
export type RegionId = string & { readonly [regionId]: true };

/** The only place that turns text into a region id. */
export const regionIdOf = (cloud: string, region: string | null): RegionId =>
  (region === null ? cloud : `${cloud}/${region}`) as RegionId;

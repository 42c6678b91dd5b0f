import 'server-only';

declare const regionId: unique symbol;

/** Identifies one of the regions that this process shows. Every reading, cache key and kept answer belongs to one. */
export type RegionId = string & { readonly [regionId]: true };

/** The only region so far, and the one whose Keystone signs people in. */
export const DEFAULT_REGION = 'default' as RegionId; // The only place that turns text into a region id.

export const listRegions = (): RegionId[] => [DEFAULT_REGION];

/** The region that the current request or page is about: the one place that decides it. */
export const regionOfRequest = (): RegionId => DEFAULT_REGION;

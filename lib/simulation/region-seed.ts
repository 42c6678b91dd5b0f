/** Regions of the same size differ. */
export const seedOfRegion = (seed: number, index: number): number => seed + 101 * index;

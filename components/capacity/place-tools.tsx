'use client';

import type { CapacityPart } from '@/lib/contract/choices';
import { PlaceSelect } from '../figures/place-select';
import { Segmented } from '../ui/segmented';
import { usePages } from '../ui/use-pages';
import { type CapacityPlace, capacityAddress, type Size } from './choice';

export type PlaceChoice = {
  place: CapacityPlace;
  size: Size;
  /** All that the region has. */
  zones: string[];
  aggregates: string[];
};

const PARTS: { value: CapacityPart; label: string }[] = [
  { value: 'zone', label: 'By zone' },
  { value: 'aggregate', label: 'By aggregate' },
];

/** Whether there is anything to choose. */
export const hasPlaces = ({ place, zones, aggregates }: PlaceChoice): boolean =>
  zones.length > 1 || aggregates.length > 0 || place.zone !== undefined || place.aggregate !== undefined;

/** Which hosts count, and what has a column. In the address, so a link shows the same. */
export function PlaceTools({ place, size, zones, aggregates }: PlaceChoice) {
  const pages = usePages();
  const go = (change: Partial<CapacityPlace>) =>
    pages.push(capacityAddress(size, { ...place, ...change }), { scroll: false });
  return (
    <>
      {aggregates.length === 0 ? null : (
        <Segmented label="Columns" value={place.by} options={PARTS} onChange={(by) => go({ by })} />
      )}
      <PlaceSelect label="Zone" every="Every zone" names={zones} value={place.zone} onChange={(zone) => go({ zone })} />
      <PlaceSelect
        label="Aggregate"
        every="Every aggregate"
        least={1}
        names={aggregates}
        value={place.aggregate}
        onChange={(aggregate) => go({ aggregate })}
      />
    </>
  );
}

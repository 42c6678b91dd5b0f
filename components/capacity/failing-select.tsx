'use client';

import { MOST_FAILING } from '@/lib/contract/choices';
import { Select } from '../ui/select';
import { usePages } from '../ui/use-pages';
import { type CapacityPlace, capacityAddress, type Size } from './choice';

const OPTIONS = Array.from({ length: MOST_FAILING - 1 }, (_, i) => ({
  value: String(i + 2),
  label: `The worst ${i + 2} hosts of each zone`,
}));

/** How many hosts of a zone fail together. In the address, so a link shows the same. */
export function FailingSelect({ size, place }: { size: Size; place: CapacityPlace }) {
  const pages = usePages();
  return (
    <Select
      label="How many hosts fail"
      value={String(place.k)}
      options={OPTIONS}
      onChange={(k) => pages.push(capacityAddress(size, { ...place, k: Number(k) }), { scroll: false })}
    />
  );
}

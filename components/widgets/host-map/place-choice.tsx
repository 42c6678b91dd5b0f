'use client';

import { PlaceSelect } from '@/components/figures/place-select';
import { usePages } from '@/components/ui/use-pages';
import type { HostMap } from '@/lib/contract/v1/host-map';

/** Which hosts the page is about. In its address, so a link shows the same. */
export function PlaceChoice({ map: { zone, aggregate, zones, aggregates } }: { map: HostMap }) {
  const pages = usePages();
  const go = (change: { zone?: string | null; aggregate?: string | null }) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ zone, aggregate, ...change })) if (value) query.set(name, value);
    pages.push(query.size === 0 ? '/' : `/?${query}`, { scroll: false });
  };
  return (
    <>
      <PlaceSelect
        label="Zone"
        every="Every zone"
        names={zones}
        value={zone ?? undefined}
        onChange={(name) => go({ zone: name ?? null })}
      />
      <PlaceSelect
        label="Aggregate"
        every="Every aggregate"
        least={1}
        names={aggregates}
        value={aggregate ?? undefined}
        onChange={(name) => go({ aggregate: name ?? null })}
      />
    </>
  );
}

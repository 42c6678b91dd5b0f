'use client';

import { usePathname } from 'next/navigation';
import { withBase } from '@/lib/base-path';
import { REGION_PARAMETER } from '@/lib/contract/choices';
import type { RegionEntry } from '@/lib/contract/v1/regions';
import { Icon } from '../ui/icon';
import { useKept } from '../ui/kept-query';
import styles from './region-list.module.css';
import { addressIn, describeRegion, iconOfRegion } from './region-words';

type Props = {
  regions: RegionEntry[];
  now: number;
  /** Where a choice leads: by default to this page in that region. */
  to?: string;
};

/** One sentence for each region, worst first, and what the visitor may do there. */
export function RegionList({ regions, now, to }: Props) {
  const kept = useKept();
  const pathname = usePathname();
  return (
    <ul className={styles.list}>
      {regions.map((region) => {
        const isHere = kept === null ? region.is_default : kept.value === region.id;
        const icon = iconOfRegion(region);
        return (
          <li key={region.id}>
            {/* Another region is another document: nothing of this one stays. */}
            <a
              className={styles.region}
              href={withBase(
                addressIn(region.is_default ? null : { name: REGION_PARAMETER, value: region.id }, to ?? pathname),
              )}
              aria-current={isHere ? 'true' : undefined}
            >
              <Icon name={icon.name} tone={icon.tone} />
              <span className={styles.name}>{region.label}</span>
              <span className={styles.may}>{region.may_act ? 'you may act' : 'you may look'}</span>
              <span className={styles.sentence}>{describeRegion(region, now)}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** Below every list of regions. */
export const NOT_ADDED_UP = 'Each region answers for itself. Nothing is added up across them.';

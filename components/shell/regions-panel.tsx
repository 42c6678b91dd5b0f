'use client';

import type { Regions } from '@/lib/contract/v1/regions';
import { ADDRESSES } from '../live/answers';
import { useNow } from '../live/now';
import { useAnswer } from '../live/use-answer';
import { Panel } from '../ui/panel';
import { NOT_ADDED_UP, RegionList } from './region-list';

/** The page of all regions, kept up to date. */
export function RegionsPanel({ initial, rendered }: { initial: Regions; rendered: number }) {
  const now = useNow(rendered);
  const { data = initial } = useAnswer<Regions>(ADDRESSES.regions, initial);
  return (
    <Panel label="Regions" note={NOT_ADDED_UP}>
      <RegionList regions={data.regions} now={now} to="/" />
    </Panel>
  );
}

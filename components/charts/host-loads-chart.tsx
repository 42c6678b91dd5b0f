'use client';

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { ChartCanvas } from './chart-canvas';
import styles from './charts.module.css';
import { useLook } from './colours';
import { makeDistribution } from './distribution';
import { makeDumbbell } from './dumbbell';
import { layOutFrame } from './frame';
import {
  DISTRIBUTION_HEIGHT,
  describeLoads,
  dumbbellHeight,
  FEWEST_FOR_DISTRIBUTION,
  type HostLoad,
} from './host-loads';

type Props = {
  what: 'CPU' | 'RAM';
  /** Every measured host. */
  loads: HostLoad[];
  /** Those that are drawn as rows. */
  rows: HostLoad[];
  limits: LoadLimits;
  /** The moment that the plan is applied to: now, or when it was made. */
  before: string;
};

const NARROW = '(max-width: 767px)';

/** Two charts over one axis: how many hosts are how loaded, and each host now and after the plan. */
export function HostLoadsChart({ what, loads, rows, limits, before }: Props) {
  const look = useLook();
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; narrow: boolean } | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const width = place.current?.clientWidth ?? 0;
      const narrow = window.matchMedia(NARROW).matches;
      // Names are cut by the width; a few pixels don't matter to them.
      setSize((last) => (last?.narrow === narrow && Math.abs(last.width - width) < 40 ? last : { width, narrow }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const frame = useMemo(
    () => (size === null ? null : layOutFrame({ loads, rows, limits, look, ...size })),
    [loads, rows, limits, look, size],
  );
  const distribution = useMemo(() => frame && makeDistribution(loads, frame), [loads, frame]);
  const dumbbell = useMemo(() => frame && makeDumbbell(rows, frame), [rows, frame]);
  return (
    <div ref={place} className={styles.charts}>
      {distribution && loads.length >= FEWEST_FOR_DISTRIBUTION ? (
        <ChartCanvas
          label={`Number of hosts per 5 points of ${what}, ${before} and after the plan.`}
          config={distribution}
          height={DISTRIBUTION_HEIGHT}
        />
      ) : null}
      {dumbbell ? (
        <ChartCanvas
          label={describeLoads(what, loads, before)}
          config={dumbbell}
          height={dumbbellHeight(rows.length)}
        />
      ) : null}
    </div>
  );
}

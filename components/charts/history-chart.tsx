'use client';

import { useMemo } from 'react';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { ChartCanvas } from './chart-canvas';
import { useLook } from './colours';
import { describeHistory, HISTORY_HEIGHT, type HistoryPoint, historyConfig } from './history';

type Props = { what: string; points: HistoryPoint[]; limits: LoadLimits };

/** A load over time against its limits. */
export function HistoryChart({ what, points, limits }: Props) {
  const look = useLook();
  const config = useMemo(() => historyConfig(points, limits, look), [points, limits, look]);
  return <ChartCanvas label={describeHistory(what, points)} config={config} height={HISTORY_HEIGHT} />;
}

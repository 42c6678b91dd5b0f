'use client';

import { useMemo } from 'react';
import type { VmDetail } from '@/lib/contract/v1/vms';
import { formatPercent } from '@/lib/format';
import { LineChart } from '../charts/line-chart';
import { Panel, PanelBody, PanelNote } from '../ui/panel';

type Props = { name: string; past: VmDetail['past'] };

/** CPU and RAM of the VM over a day. */
export function VmPast({ name, past: { points, reason } }: Props) {
  const series = useMemo(
    () => [
      { name: 'CPU', points: points.map(({ at, cpu_percentage: value }) => ({ at, value })) },
      { name: 'RAM', points: points.map(({ at, ram_percentage: value }) => ({ at, value })) },
    ],
    [points],
  );
  return (
    <Panel title="CPU and RAM over time" note="24 h, a point an hour, in percent of its flavor">
      {reason === null ? (
        <PanelBody>
          <LineChart label={inWords(name, points)} series={series} unit="percent" />
        </PanelBody>
      ) : (
        <PanelNote>Its use is unknown: {reason}</PanelNote>
      )}
    </Panel>
  );
}

function inWords(name: string, points: VmDetail['past']['points']): string {
  const known = points.flatMap(({ cpu_percentage: cpu }) => cpu ?? []);
  if (known.length === 0) return `CPU and RAM of ${name} over a day; CPU was not measured.`;
  return `CPU and RAM of ${name} over a day: CPU from ${formatPercent(Math.min(...known))} to ${formatPercent(Math.max(...known))}.`;
}

'use client';

import { useMemo, useState } from 'react';
import { bandOf, countBands } from '@/components/figures/bands';
import { usePlanEffect } from '@/components/live/plan-effect';
import { Panel } from '@/components/ui/panel';
import { type Segment, Segmented } from '@/components/ui/segmented';
import { Tag } from '@/components/ui/tag';
import type { HostMap } from '@/lib/contract/v1/host-map';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatCount, formatThings, formatTime } from '@/lib/format';
import { Cells } from './cells';
import styles from './host-map.module.css';
import { Legend } from './legend';

type Metric = 'cpu' | 'ram';
type When = 'now' | 'after';

const METRICS: Segment<Metric>[] = [
  { value: 'cpu', label: 'CPU' },
  { value: 'ram', label: 'RAM' },
];

/** One cell for each host, by name, so that a host stays in one place; its load now, and with the chosen plan. */
export function HostMapPanel({ map, limits, now }: { map: HostMap; limits: Limits; now: number }) {
  const { hosts, readings } = map;
  const [metric, setMetric] = useState<Metric>('cpu');
  const [wanted, setWanted] = useState<When>('now');
  const effect = usePlanEffect(map);
  const blocked = whyBlocked(effect);
  const when = blocked === undefined ? wanted : 'now';
  const band = limits[metric];
  const loads = when === 'after' && effect.after ? effect.after[metric] : hosts[metric];
  const bands = useMemo(() => loads.map((load) => bandOf(load, band)), [loads, band]);
  const old = readings.load.error !== null && readings.load.as_of !== null;
  const total = hosts.names.length;
  const away = Object.keys(hosts.away).length;
  return (
    <Panel
      id="host-map"
      title={`Hosts by ${metric === 'cpu' ? 'CPU' : 'RAM'}`}
      note={`${formatThings(total, 'host')}${total > 3 ? ', by name' : ''}${away > 0 ? `, ${formatCount(away)} not in service` : ''}`}
      tag={
        old ? (
          <Tag tone="warn" icon="clock">
            as of {formatTime(readings.load.as_of, now)}
          </Tag>
        ) : null
      }
      controls={
        total === 0 ? null : (
          <>
            <Segmented label="Load" value={metric} options={METRICS} onChange={setMetric} />
            {effect.state === 'none' ? null : (
              <Segmented<When>
                label="When"
                value={when}
                options={[
                  { value: 'now', label: old ? 'Last known' : 'Now' },
                  { value: 'after', label: 'After plan', disabled: blocked },
                ]}
                onChange={setWanted}
              />
            )}
          </>
        )
      }
    >
      {total === 0 ? (
        <p className={styles.empty}>Nova knows no compute host in this region.</p>
      ) : (
        <>
          <Cells hosts={hosts} after={effect.after} loads={loads} bands={bands} metric={metric} old={old} />
          <Legend counts={countBands(bands)} limits={band} marked={total > 60} />
        </>
      )}
    </Panel>
  );
}

function whyBlocked(effect: ReturnType<typeof usePlanEffect>): string | undefined {
  if (effect.state === 'waiting') return 'The plan is being read.';
  return effect.after?.reason ?? undefined;
}

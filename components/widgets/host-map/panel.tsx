'use client';

import { useMemo, useState } from 'react';
import { type AfterPlan, useAfterPlan } from '@/components/figures/after-plan';
import { bandOf, countBands } from '@/components/figures/bands';
import { isOld } from '@/components/figures/freshness';
import { Panel, PanelEmpty } from '@/components/ui/panel';
import { type Segment, Segmented } from '@/components/ui/segmented';
import { Tag } from '@/components/ui/tag';
import type { HostMap } from '@/lib/contract/v1/host-map';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatCount, formatThings, formatTime } from '@/lib/format';
import { Cells } from './cells';
import { Legend } from './legend';
import { PlaceChoice } from './place-choice';

type Metric = 'cpu' | 'ram';
type When = 'now' | 'enough' | 'after';

const METRICS: Segment<Metric>[] = [
  { value: 'cpu', label: 'CPU' },
  { value: 'ram', label: 'RAM' },
];

/** A cell for each host, by name, so that a host keeps its place: its load now and after the chosen plan. */
export function HostMapPanel({ map, limits, now }: { map: HostMap; limits: Limits; now: number }) {
  const { hosts, readings } = map;
  const [metric, setMetric] = useState<Metric>('cpu');
  const [wanted, setWanted] = useState<When>('now');
  const plan = useAfterPlan(map);
  const blocked = whyBlocked(plan);
  const when = blocked !== undefined || (wanted === 'enough' && plan.enough === null) ? 'now' : wanted;
  const band = limits[metric];
  const loads = { now: hosts, enough: plan.enough ?? hosts, after: plan.after ?? hosts }[when][metric];
  const bands = useMemo(() => loads.map((load) => bandOf(load, band)), [loads, band]);
  const old = isOld(readings.load);
  const total = hosts.names.length;
  const away = Object.keys(hosts.away).length;
  return (
    <Panel
      id="host-map"
      title={`Hosts by ${metric === 'cpu' ? 'CPU' : 'RAM'}`}
      note={`${formatThings(total, 'host')}${total > 3 ? ', by name' : ''}${away > 0 ? `, ${formatCount(away)} out of service` : ''}`}
      tag={
        old ? (
          <Tag tone="warn" icon="clock">
            as of {formatTime(readings.load.as_of, now)}
          </Tag>
        ) : null
      }
      controls={
        total === 0 ? (
          <PlaceChoice map={map} />
        ) : (
          <>
            <PlaceChoice map={map} />
            <Segmented label="Load" value={metric} options={METRICS} onChange={setMetric} />
            {plan.state === 'none' ? null : (
              <Segmented<When>
                label="When"
                value={when}
                options={timesOf(plan, { old, blocked })}
                onChange={setWanted}
              />
            )}
          </>
        )
      }
    >
      {total === 0 ? (
        <PanelEmpty>
          {map.zone === null && map.aggregate === null
            ? 'Nova reports no compute hosts in this region.'
            : 'No compute host is in this zone or aggregate.'}
        </PanelEmpty>
      ) : (
        <>
          <Cells hosts={hosts} after={plan.after} loads={loads} bands={bands} metric={metric} old={old} />
          <Legend counts={countBands(bands)} limits={band} marked={total > 60} />
        </>
      )}
    </Panel>
  );
}

function timesOf(
  { enough, after }: AfterPlan,
  { old, blocked }: { old: boolean; blocked: string | undefined },
): Segment<When>[] {
  const now: Segment<When> = { value: 'now', label: old ? 'Last known' : 'Now' };
  const all: Segment<When> = { value: 'after', label: afterMoves(after), disabled: blocked };
  return enough === null ? [now, all] : [now, { value: 'enough', label: afterMoves(enough) }, all];
}

/** "After 4": the number of moves is what the headline says. */
const afterMoves = (after: { moves: number } | null): string =>
  after === null || after.moves === 0 ? 'After plan' : `After ${formatCount(after.moves)}`;

function whyBlocked(plan: AfterPlan): string | undefined {
  if (plan.state === 'waiting') return 'The plan is loading.';
  return plan.after?.reason ?? undefined;
}

'use client';

import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Level, Panel, PanelFoot } from '@/components/ui/panel';
import { formatCount, formatThings } from '@/lib/format';
import type { Filters, FlowMove } from '../filters';
import { FlowNodes } from './flow-nodes';
import styles from './flow-panel.module.css';
import { countNodes, layOutFlow } from './layout';

/** px */
const TOP = 28;
/** Room on each side for a host name and its count; px. */
const NAMES = 150;
const BAR = 6;
const LEAST_WIDTH = 340;
const MOST_WIDTH = 640;
const LEAST_HEIGHT = 150;
const NODE_HEIGHT = 44;
const PADDING = 16;
/** Where the panel is below the chart, not beside it. */
const STACKED = '(width < 1280px)';

type Props = {
  migrations: FlowMove[];
  filters: Filters;
  set: (changes: Partial<Filters>) => void;
  /** CPU or RAM in percent by host, now and after the plan, with the limits that colour the hosts. */
  levels: { now: Map<string, number>; after: Map<string, number>; warm: number; hot: number };
  /** Of the chart beside it; px. */
  height: number;
  level: Level;
};

/** Hosts that VMs leave, hosts that VMs arrive at, and between them ribbons whose width shows the number of VMs. */
export function FlowPanel({ migrations, filters, set, levels, height: wanted, level }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [{ width, stacked }, setSize] = useState({ width: 420, stacked: false });
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () =>
      setSize({
        width: Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, element.clientWidth - 2 * PADDING)),
        stacked: window.matchMedia(STACKED).matches,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // Below the chart it needs to be only as high as its hosts.
  const nodes = useMemo(() => countNodes(migrations), [migrations]);
  const height = Math.max(LEAST_HEIGHT, stacked ? Math.min(wanted, TOP + nodes * NODE_HEIGHT) : wanted);
  const flow = useMemo(() => layOutFlow(migrations, { top: TOP, bottom: height }), [migrations, height]);
  const [left, right] = [NAMES, width - NAMES];
  const [from, to] = flow.sides;
  const chosen = filters.source !== '' || filters.destination !== '';
  const isLit = (source: string | null, destination: string | null) =>
    (filters.source === '' || filters.source === source) &&
    (filters.destination === '' || filters.destination === destination);
  const clearOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chosen) set({ source: '', destination: '' });
  };
  return (
    <div className={styles.panel} data-hide="phone print">
      <Panel title="Where the VMs go" level={level} note={`${formatCount(from)} → ${formatThings(to, 'host')}`}>
        <div ref={place} className={styles.place}>
          {/* biome-ignore lint/a11y/useSemanticElements: svg has no fieldset */}
          <svg
            className={styles.flow}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            aria-label={`${formatThings(migrations.length, 'VM')} move from ${formatThings(from, 'host')} to ${formatThings(to, 'host')}. The same moves are in the migrations table.`}
            role="group"
            onKeyDown={clearOnEscape}
            data-chosen={chosen || undefined}
          >
            <text className={styles.heading} x={left + BAR} y={12} textAnchor="end">
              VMs leaving
            </text>
            <text className={styles.heading} x={right - BAR} y={12}>
              VMs arriving
            </text>
            {flow.ribbons.map((ribbon) => {
              const { source, destination } = ribbon;
              const middle = (left + right) / 2;
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: with the keyboard, its two hosts can be selected
                <path
                  key={ribbon.title}
                  className={styles.ribbon}
                  d={`M${left + BAR} ${ribbon.from.toFixed(1)}C${middle} ${ribbon.from.toFixed(1)} ${middle} ${ribbon.to.toFixed(1)} ${right - BAR} ${ribbon.to.toFixed(1)}`}
                  strokeWidth={ribbon.width.toFixed(1)}
                  data-rest={(source === null && destination === null) || undefined}
                  data-lit={(chosen && isLit(source, destination)) || undefined}
                  data-choice={(source !== null && destination !== null) || undefined}
                  onClick={() => {
                    if (source === null || destination === null) return;
                    const again = filters.source === source && filters.destination === destination;
                    set(again ? { source: '', destination: '' } : { source, destination });
                  }}
                >
                  <title>{ribbon.title}</title>
                </path>
              );
            })}
            <FlowNodes
              side="source"
              nodes={flow.sources}
              chosen={filters.source}
              x={left}
              loads={levels.now}
              limits={levels}
              onChoose={(source) => set({ source })}
            />
            <FlowNodes
              side="destination"
              nodes={flow.destinations}
              chosen={filters.destination}
              x={right - BAR}
              loads={levels.after}
              limits={levels}
              onChoose={(destination) => set({ destination })}
            />
          </svg>
        </div>
        <PanelFoot>
          {chosen ? 'Select it again to show all migrations.' : 'Select a host to filter the migrations below.'}
        </PanelFoot>
      </Panel>
    </div>
  );
}

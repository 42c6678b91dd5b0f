'use client';

import { type KeyboardEvent, useRef, useState } from 'react';
import { ellipsize } from '@/components/ui/names';
import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatThings } from '@/lib/format';
import { SCHEDULER } from '../filters';
import styles from './flow-nodes.module.css';
import type { FlowNode } from './layout';

const BAR = 6;
/** Characters of a name that fit beside its bar. */
const NAME_LENGTH = 15;
/** The least height of what can be selected, in px (WCAG 2.5.8). */
const LEAST_TARGET = 24;

type Props = {
  side: 'source' | 'destination';
  nodes: FlowNode[];
  /** The host that filters the migrations; '' for none. */
  chosen: string;
  /** Left edge of the bars; px. */
  x: number;
  loads: Map<string, number>;
  limits: LoadLimits;
  onChoose: (host: string) => void;
};

/** The hosts of one side: one tab stop, arrow keys move, Enter and Space select and deselect. */
export function FlowNodes({ side, nodes, chosen, x, loads, limits, onChoose }: Props) {
  const group = useRef<SVGGElement>(null);
  const [stop, setStop] = useState(0);
  const choices = nodes.flatMap((node) => (node.host === null ? [] : [node.host]));
  const current = Math.min(stop, Math.max(0, choices.length - 1));
  const choose = (host: string) => onChoose(host === chosen ? '' : host);

  function onKeyDown(event: KeyboardEvent, host: string) {
    const at = choices.indexOf(host);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(host);
    } else if (to !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(choices.length - 1, to));
      setStop(next);
      group.current?.querySelectorAll<SVGGElement>('[role="button"]')[next]?.focus();
    }
  }

  const isSource = side === 'source';
  const markOf = (host: string | null) => {
    const load = host === null ? undefined : loads.get(host);
    const level = load === undefined ? 'normal' : levelOf(load, limits);
    return level === 'normal' ? undefined : level;
  };
  return (
    <g
      ref={group}
      role="toolbar"
      aria-orientation="vertical"
      aria-label={isSource ? 'Hosts that VMs leave' : 'Hosts that VMs arrive at'}
    >
      {nodes.map((node) => {
        const { host } = node;
        const level = markOf(host);
        const drawn = (
          <>
            <rect
              className={styles.bar}
              x={x}
              y={node.y}
              width={BAR}
              height={Math.max(3, node.height)}
              rx="2"
              data-level={host === null ? 'rest' : level}
            />
            <Label node={node} isSource={isSource} x={isSource ? x - 8 : x + BAR + 8} />
          </>
        );
        if (host === null) return <g key="rest">{drawn}</g>;
        const target = Math.max(LEAST_TARGET, node.height);
        return (
          // biome-ignore lint/a11y/useSemanticElements: svg has no button
          <g
            key={host}
            role="button"
            className={styles.node}
            tabIndex={choices[current] === host ? 0 : -1}
            aria-pressed={host === chosen}
            aria-label={nameOf(node, isSource, level)}
            onClick={() => choose(host)}
            onFocus={() => setStop(choices.indexOf(host))}
            onKeyDown={(event) => onKeyDown(event, host)}
          >
            <title>{`${node.label}: ${formatThings(node.vms, 'VM')}`}</title>
            <rect
              className={styles.target}
              x={isSource ? 0 : x - 4}
              y={node.y + node.height / 2 - target / 2}
              width={isSource ? x + BAR + 4 : 158}
              height={target}
              rx="4"
            />
            {drawn}
          </g>
        );
      })}
    </g>
  );
}

/** Starts with the visible text, so that voice control works with it (WCAG 2.5.3). */
function nameOf({ label, vms }: FlowNode, isSource: boolean, level: string | undefined): string {
  const written = isSource ? `${formatCount(vms)} · ${label}` : `${label} · ${formatCount(vms)}`;
  const words = `${formatThings(vms, 'VM')} ${isSource ? 'leaving' : 'arriving'}`;
  return [written, words, ...(level === undefined ? [] : [level])].join(', ');
}

function Label({
  node: { host, label, vms, y, height },
  isSource,
  x,
}: {
  node: FlowNode;
  isSource: boolean;
  x: number;
}) {
  const short = host === SCHEDULER ? `${label.slice(0, NAME_LENGTH - 2)}…` : ellipsize(label, NAME_LENGTH);
  const name = <tspan className={host === null ? styles.rest : undefined}>{short}</tspan>;
  const count = (
    <tspan className={styles.count}>{isSource ? `${formatCount(vms)} · ` : ` · ${formatCount(vms)}`}</tspan>
  );
  return (
    <text className={styles.name} x={x} y={y + height / 2 + 4} textAnchor={isSource ? 'end' : 'start'}>
      {isSource ? count : name}
      {isSource ? name : count}
    </text>
  );
}

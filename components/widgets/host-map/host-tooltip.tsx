'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { Bubble } from '@/components/ui/bubble';
import type { HostColumns, HostsAfter } from '@/lib/contract/v1/host-map';
import { formatPercent, formatThings } from '@/lib/format';

type Props = { grid: RefObject<HTMLDivElement | null>; at: number; hosts: HostColumns; after: HostsAfter | null };

const GAP = 8;

/** The figures of the host under the pointer or the focus. */
export function HostTooltip({ grid, at, hosts, after }: Props) {
  const bubble = useRef<HTMLSpanElement>(null);
  const name = hosts.names[at] ?? '';
  useLayoutEffect(() => {
    const element = bubble.current;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-at="${at}"]`);
    const area = grid.current?.parentElement;
    if (!element || !cell || !area) return;
    // Above the cell, or below it where there is no room above; always inside the window.
    const { left, top, width, bottom } = cell.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const base = area.getBoundingClientRect();
    const x = Math.min(
      Math.max(left + width / 2 - box.width / 2, GAP),
      document.documentElement.clientWidth - box.width - GAP,
    );
    const y = top - box.height - GAP < 56 ? bottom + GAP : top - box.height - GAP;
    element.style.translate = `${Math.round(x - base.left)}px ${Math.round(y - base.top)}px`;
  });
  const away = hosts.away[name];
  return (
    <Bubble ref={bubble}>
      <code>{name}</code>
      <br />
      {change('CPU', hosts.cpu[at] ?? null, after?.cpu[at] ?? null)}
      <br />
      {change('RAM', hosts.ram[at] ?? null, after?.ram[at] ?? null)}
      <br />
      {formatThings(hosts.vms[at] ?? 0, 'VM')}
      {away === undefined ? '' : `, ${away}`}
    </Bubble>
  );
}

/** "CPU 89.2% → 61.0% after the plan", where the plan changes it. */
function change(what: string, now: number | null, after: number | null): string {
  if (now === null) return `${what} not measured`;
  const [from, to] = [formatPercent(now), formatPercent(after)];
  return after === null || from === to ? `${what} ${from}` : `${what} ${from} → ${to} after the plan`;
}

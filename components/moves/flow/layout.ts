import { formatCount, formatThings } from '@/lib/format';
import type { FlowMove } from '../filters';
import { destinationOf, placeLabel } from '../filters';
import { moveState, remarkOf } from '../words';

/** Lays out where VMs go: two columns of hosts and ribbons between them. All lengths are in px. */

/** The most nodes on one side; if there are more hosts, the last node stands for the rest. */
const MOST_NODES = 10;
/** The most reasons of skipped or failed moves in the title of a ribbon. */
const MOST_REASONS = 5;

export type FlowNode = {
  /** The value to filter by; null for the node that stands for the rest. */
  host: string | null;
  label: string;
  vms: number;
  y: number;
  height: number;
};

export type FlowRibbon = {
  source: string | null;
  destination: string | null;
  vms: number;
  /** The middle of its left and right end. */
  from: number;
  to: number;
  width: number;
  /** How many VMs go this way, and why some did not. */
  title: string;
};

export type Flow = { sources: FlowNode[]; destinations: FlowNode[]; ribbons: FlowRibbon[]; sides: [number, number] };

export type FlowFrame = { top: number; bottom: number };

const REST = '\u0000rest';

type Side = { key: string; label: string; vms: number }[];

/** Hosts by their number of VMs, most first, with those beyond the limit folded into one. */
function group(keys: string[]): { side: Side; folded: Set<string>; total: number } {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  // Equal counts keep the order of the plan.
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = ranked.length <= MOST_NODES ? ranked : ranked.slice(0, MOST_NODES - 1);
  const rest = ranked.slice(shown.length);
  const side: Side = shown.map(([key, vms]) => ({ key, label: placeLabel(key), vms }));
  if (rest.length > 0) {
    const vms = rest.reduce((sum, [, count]) => sum + count, 0);
    side.push({ key: REST, label: `${formatCount(rest.length)} more hosts`, vms });
  }
  return { side, folded: new Set(rest.map(([key]) => key)), total: ranked.length };
}

/** Heights follow the square root of the count, so that one VM is still visible beside a hundred. */
function place(side: Side, { top, bottom }: FlowFrame): FlowNode[] {
  const room = bottom - top;
  const gap = Math.min(30, (room / side.length) * 0.5);
  const total = side.reduce((sum, { vms }) => sum + Math.sqrt(vms), 0);
  const scale = Math.min((room - gap * (side.length - 1)) / total, 40);
  let y = top + (room - total * scale - gap * (side.length - 1)) / 2;
  return side.map(({ key, label, vms }) => {
    const height = Math.sqrt(vms) * scale;
    const node = { host: key === REST ? null : key, label, vms, y, height };
    y += height + gap;
    return node;
  });
}

/** The number of nodes on the longer side. */
export function countNodes(migrations: FlowMove[]): number {
  const side = (keys: string[]) => Math.min(MOST_NODES, new Set(keys).size);
  return Math.max(side(migrations.map(({ source }) => source)), side(migrations.map(destinationOf)));
}

export function layOutFlow(migrations: FlowMove[], frame: FlowFrame): Flow {
  const left = group(migrations.map(({ source }) => source));
  const right = group(migrations.map(destinationOf));
  const sources = place(left.side, frame);
  const destinations = place(right.side, frame);
  const counts = new Map<string, { pair: [number, number]; vms: number; reasons: string[] }>();
  for (const move of migrations) {
    const a = left.side.findIndex(({ key }) => key === (left.folded.has(move.source) ? REST : move.source));
    const to = destinationOf(move);
    const b = right.side.findIndex(({ key }) => key === (right.folded.has(to) ? REST : to));
    const key = `${a} ${b}`;
    const pair = counts.get(key) ?? { pair: [a, b], vms: 0, reasons: [] };
    pair.vms++;
    const remark = remarkOf(move);
    if (remark !== null) {
      pair.reasons.push(`${move.vm_name}, ${moveState(move).toLowerCase()}: ${remark}`);
    }
    counts.set(key, pair);
  }
  const used = { left: sources.map(() => 0), right: destinations.map(() => 0) };
  const ribbons = [...counts.values()]
    // In the order of the nodes on both sides, which keeps crossings few.
    .sort((one, other) => one.pair[0] - other.pair[0] || one.pair[1] - other.pair[1])
    .flatMap(({ pair: [a, b], vms, reasons }): FlowRibbon[] => {
      const [source, destination] = [sources[a], destinations[b]];
      if (!source || !destination) return [];
      const out = (source.height * vms) / source.vms;
      const into = (destination.height * vms) / destination.vms;
      const from = source.y + (used.left[a] ?? 0) + out / 2;
      const to = destination.y + (used.right[b] ?? 0) + into / 2;
      used.left[a] = (used.left[a] ?? 0) + out;
      used.right[b] = (used.right[b] ?? 0) + into;
      return [
        {
          source: source.host,
          destination: destination.host,
          vms,
          from,
          to,
          width: Math.max(1.5, Math.min(out, into)),
          title: [
            `${source.label} → ${destination.label}: ${formatThings(vms, 'VM')}`,
            ...reasons.slice(0, MOST_REASONS),
          ].join('\n'),
        },
      ];
    });
  return { sources, destinations, ribbons, sides: [left.total, right.total] };
}

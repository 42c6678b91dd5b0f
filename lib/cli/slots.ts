import type { Capacity, FlavorSlots } from '@/lib/contract/v1/capacity';
import { formatBytes, formatCount, formatNames, formatThings, MISSING } from '@/lib/format';
import { type Command, type Given, one, type Report, type Status, UsageError, worst } from './command';
import { type Column, drawTable } from './table';

const FEW = 10;

/** How many more VMs fit. */
export const slots: Command = {
  usage: 'slots',
  summary: 'how many more VMs of each flavor fit',
  options: [
    { name: 'flavor', value: '<name>', help: 'only this flavor; may be repeated (those that VMs have)', several: true },
    { name: 'warning', value: '<number>', help: `warn if fewer than this many fit (${FEW})` },
    { name: 'critical', value: '<number>', help: 'critical if fewer than this many fit (1)' },
  ],
  codes: {
    ok: 'enough fit of each flavor',
    warning: 'fewer than --warning fit of a flavor',
    critical: 'fewer than --critical fit of a flavor',
    unknown: 'it can’t be counted, or there is no such flavor',
  },
  async run(ask, given) {
    const limits = { warning: numberOf(given, 'warning', FEW), critical: numberOf(given, 'critical', 1) };
    const { text, data } = await ask('capacity');
    return reportSlots(data, text, { wanted: given.options.flavor ?? null, limits });
  },
};

function numberOf(given: Given, name: string, fallback: number): number {
  const text = one(given, name);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} takes a whole number.`);
  return Number(text);
}

const COLUMNS: Column<FlavorSlots>[] = [
  { title: 'FLAVOR', cell: ({ name }) => name },
  { title: 'VCPUS', isNumber: true, cell: ({ vcpus, pinned }) => `${formatCount(vcpus)}${pinned ? ' pinned' : ''}` },
  { title: 'RAM', isNumber: true, cell: ({ ram }) => formatBytes(ram) },
  { title: 'DISK', isNumber: true, cell: ({ disk }) => formatBytes(disk) },
  { title: 'VMS', isNumber: true, cell: ({ vms }) => formatCount(vms) },
  { title: 'MORE FIT', isNumber: true, cell: ({ slots: fit }) => formatCount(fit) },
  { title: 'WHAT ENDS IT', cell: ({ endings: [first] }) => first?.text ?? MISSING },
];

type Wanted = { wanted: string[] | null; limits: { warning: number; critical: number } };

export function reportSlots(
  { flavors, not_offered: notOffered, reason }: Capacity,
  json: string,
  { wanted, limits }: Wanted,
): Report {
  const unknown = wanted?.find((name) => !flavors.some((flavor) => flavor.name === name));
  if (unknown !== undefined) throw new UsageError(`Nova offers no flavor ${unknown}.`);
  const listed = flavors.filter(({ name, vms }) => (wanted === null ? vms > 0 : wanted.includes(name)));
  const statusOf = ({ slots: fit }: FlavorSlots): Status =>
    fit === null ? 'unknown' : fit < limits.critical ? 'critical' : fit < limits.warning ? 'warning' : 'ok';
  const short = listed.filter((flavor) => ['critical', 'warning'].includes(statusOf(flavor)));
  const summary =
    reason ??
    (short.length === 0
      ? `Enough fit of ${listed.length === 1 ? listed[0]?.name : `all ${listed.length} flavors`}`
      : `Few fit of ${formatNames(short.map(({ name, slots: fit }) => `${name} (${formatCount(fit)})`))}`);
  return {
    status: reason === null ? worst(listed.map(statusOf)) : 'unknown',
    summary,
    lines: [
      ...(listed.length === 0 ? [] : drawTable(COLUMNS, listed)),
      ...(wanted === null && notOffered.length > 0 ? ['', describeNotOffered(notOffered)] : []),
    ],
    json,
  };
}

/** Those that most VMs have may be among them, so they are named, not left out. */
const describeNotOffered = (flavors: Capacity['not_offered']): string =>
  `Not offered by Nova any more, so no more fit: ${formatNames(flavors.map(({ name, vms }) => `${name} (${formatThings(vms, 'VM')})`))}`;

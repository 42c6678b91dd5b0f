import type { Host, Hosts } from '@/lib/contract/v1/hosts';
import { formatCount, formatNames, formatPercent, formatThings, MISSING } from '@/lib/format';
import { NoAnswer } from './ask';
import { type Command, one, type Report } from './command';
import { type Column, drawTable } from './table';

/** Hosts with their load now and after the newest plan. */
export const hosts: Command = {
  usage: 'hosts',
  summary: 'hosts with their load, now and after the newest plan',
  options: [
    { name: 'show', value: '<which>', help: 'list all, hot, warm, in-plan or out-of-service; counts stay (all)' },
    { name: 'zone', value: '<name>', help: 'only hosts of this availability zone' },
    { name: 'search', value: '<text>', help: 'only hosts with this in their name' },
    {
      name: 'audit',
      value: '<id>',
      help: 'the audit whose plan is applied; none for no plan (the newest with a plan)',
    },
    { name: 'sort', value: '<column>', help: 'a column of the API, such as name, cpu or ram (cpu)' },
  ],
  codes: {
    ok: 'no host is warm or hot',
    warning: 'a host is warm',
    critical: 'a host is hot',
    unknown: 'no load is known, or no host matches',
  },
  async run(ask, given) {
    const sort = one(given, 'sort') ?? 'cpu';
    const search = one(given, 'search');
    const { text, data } = await ask('hosts', {
      query: {
        show: one(given, 'show'),
        zone: one(given, 'zone'),
        q: search,
        audit: one(given, 'audit'),
        sort,
        order: sort === 'name' ? 'asc' : 'desc',
        limit: '1000',
      },
    });
    if (search !== undefined && data.counts.all === 0) throw new NoAnswer(`No host has ${search} in its name.`);
    return reportHosts(data, text);
  },
};

const COLUMNS: Column<Host>[] = [
  { title: 'HOST', cell: ({ name }) => name },
  { title: 'ZONE', cell: ({ zone }) => zone ?? MISSING },
  { title: 'STATE', cell: ({ state, status }) => `${state}, ${status}` },
  { title: 'LOAD', cell: ({ level }) => level },
  { title: 'CPU', isNumber: true, cell: ({ cpu }) => formatPercent(cpu.used_percentage) },
  { title: 'AFTER', isNumber: true, cell: ({ after }) => formatPercent(after?.cpu_after) },
  { title: 'RAM', isNumber: true, cell: ({ ram }) => formatPercent(ram.used_percentage) },
  { title: 'AFTER', isNumber: true, cell: ({ after }) => formatPercent(after?.ram_after) },
  { title: 'VCPU ALLOCATED', isNumber: true, cell: ({ vcpu }) => formatPercent(vcpu?.allocated_percentage) },
  { title: 'VMS', isNumber: true, cell: ({ vms }) => formatCount(vms) },
];

function reportHosts({ hosts: listed, total, counts, plan }: Hosts, json: string): Report {
  const { hot, warm, all } = counts;
  const hottest = listed.filter(({ level }) => level === 'hot').map(({ name }) => name);
  const known = listed.some(({ level }) => level !== 'unknown');
  const notes = [
    ...(plan === null ? [] : [`AFTER: plan ${plan.plan_id} of audit ${plan.audit_name}, ${plan.plan_state}`]),
    ...(listed.length < total
      ? [`${formatThings(total - listed.length, 'host')} more; narrow the list with --search`]
      : []),
  ];
  return {
    status: hot > 0 ? 'critical' : warm > 0 ? 'warning' : known || all === 0 ? 'ok' : 'unknown',
    summary:
      known || all === 0
        ? `${hot} hot and ${warm} warm of ${formatThings(all, 'host')}${hottest.length > 0 ? `: ${formatNames(hottest)}` : ''}`
        : `The load of ${formatThings(all, 'host')} is unknown`,
    lines: listed.length === 0 ? [] : [...drawTable(COLUMNS, listed), ...(notes.length > 0 ? ['', ...notes] : [])],
    json,
  };
}

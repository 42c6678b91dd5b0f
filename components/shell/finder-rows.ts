import type { Permission } from '@/lib/contract/v1/acts';
import type { FindAnswer, Found } from '@/lib/contract/v1/find';
import { formatCount, formatThings } from '@/lib/format';
import {
  auditsAddress,
  drainAddress,
  hostAddress,
  newAuditAddress,
  planAddress,
  vmAddress,
} from '../figures/addresses';
import type { IconName } from '../ui/icon';

/** What the finder lists. Every row leads to a page; nothing runs from here. */

export type FinderRow = {
  /** Unique in the list. */
  key: string;
  icon: IconName;
  name: string;
  text: string;
  href: string;
  /** Why it can't be used; undefined if it can. */
  off?: string;
};

export type FinderGroup = { title: string; rows: FinderRow[] };

const ADDRESSES: Record<Found['kind'], (found: Found) => string> = {
  vm: ({ id }) => vmAddress(id),
  host: ({ id }) => hostAddress(id),
  plan: ({ id, audit_id: audit }) => planAddress(audit ?? '', id),
  audit: ({ id }) => auditsAddress(id),
  project: ({ id }) => `/vms/?${new URLSearchParams({ project: id })}`,
};

const KINDS: Record<Found['kind'], { title: string; icon: IconName; all: ((q: string) => string) | null }> = {
  vm: { title: 'VMs', icon: 'system', all: (q) => `/vms/?${new URLSearchParams({ q })}` },
  host: { title: 'Hosts', icon: 'server', all: (q) => `/hosts/?${new URLSearchParams({ q })}` },
  plan: { title: 'Plans', icon: 'plan', all: (q) => `/plans/?${new URLSearchParams({ q })}` },
  audit: { title: 'Audits', icon: 'list', all: null },
  project: { title: 'Projects', icon: 'user', all: null },
};

/** What the server found, with a way to all of a kind where there are more. */
export function foundGroups({ groups }: FindAnswer, q: string): FinderGroup[] {
  return groups.map(({ kind, total, items }) => {
    const { title, icon, all } = KINDS[kind];
    const rows = items.map((found) => ({
      key: `${kind} ${found.id}`,
      icon,
      name: found.name,
      text: found.text,
      href: ADDRESSES[kind](found),
    }));
    const rest =
      total > items.length && all !== null
        ? [{ key: `all ${kind}`, icon, name: `All ${formatCount(total)} ${title}`, text: '', href: all(q) }]
        : [];
    return { title, rows: [...rows, ...rest] };
  });
}

const PAGES: [name: string, text: string, href: string][] = [
  ['Overview', 'Is it hot, what is worth doing?', '/'],
  ['Plans', 'Which proposals wait?', '/plans/'],
  ['Repeating audits', 'Which audits run by themselves?', '/plans/repeating/'],
  ['All audits', 'What has been audited?', '/plans/audits/'],
  ['Hosts', 'Where is load?', '/hosts/'],
  ['Out of service', 'Hosts that are closed or down', '/hosts/?show=out-of-service'],
  ['VMs', 'Where is it, whose is it?', '/vms/'],
  ['Activity', 'Who did what, and why?', '/activity/'],
  ['Doctor', 'Does the chain work?', '/doctor/'],
  ['Regions', 'How are the others?', '/regions/'],
];

const hasPart = (name: string, q: string) => name.toLowerCase().includes(q.trim().toLowerCase());

/** @param q empty for all */
export function pagesGroup(q: string): FinderGroup {
  const rows = PAGES.filter(([name]) => hasPart(name, q)).map(
    ([name, text, href]): FinderRow => ({ key: `page ${href}`, icon: 'link', name, text, href }),
  );
  return { title: 'Pages', rows };
}

/** Acts open their own pages; those that the visitor may not use say which role is needed. @param host the best hit */
export function actsGroup(q: string, permission: Permission | undefined, host: Found | undefined): FinderGroup {
  const off = permission?.may_act === false ? (permission.reason ?? 'You may look, not act.') : undefined;
  const acts: FinderRow[] = [
    ...(host === undefined
      ? [
          {
            key: 'act drain',
            icon: 'server' as const,
            name: 'Drain a host…',
            text: 'Choose the host first.',
            href: '/hosts/',
          },
        ]
      : [
          {
            key: 'act drain',
            icon: 'server' as const,
            name: `Drain ${host.name}…`,
            text: 'The proof comes first.',
            href: drainAddress(host.id),
          },
        ]),
    {
      key: 'act audit',
      icon: 'plan',
      name: 'New audit',
      text: 'Its settings, and what it would do.',
      href: newAuditAddress(),
    },
  ];
  const isNamed = ({ name }: FinderRow) => hasPart(name, q) || host !== undefined;
  return {
    title: 'Acts',
    rows: acts.filter(isNamed).map((row) => (off === undefined ? row : { ...row, off, text: off })),
  };
}

/** "Nothing here is called “web-9x”. Searched 400 VMs, 24 hosts, 25 plans." */
export const noMatch = (q: string, { vms, hosts, plans }: FindAnswer['searched']): string =>
  `Nothing here is called “${q}”. Searched ${formatThings(vms, 'VM')}, ${formatThings(hosts, 'host')}, ${formatThings(plans, 'plan')}.`;

import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { listMigrations } from '@/lib/openstack/migrations';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import { listAggregates, listServerGroups } from '@/lib/openstack/nova-rules';
import { listProvidersWith } from '@/lib/openstack/placement-traits';
import { reportingLosses } from '@/lib/openstack/reported-losses';
import type { Session } from '@/lib/openstack/session';
import { listActionPlans, listActions, listAudits } from '@/lib/openstack/watcher';
import { listStrategies, listWatcherServices } from '@/lib/openstack/watcher-health';
import type { Loss } from '@/lib/shape';
import { NOVA, open, PLACEMENT, recordedCloud, recording, WATCHER } from '../openstack/recorded-cloud';
import type { Json } from '../wild/altered';

/** One damaged value in one row of a recorded answer costs that row or a field of it, and the loss is named. */

const server = recordedCloud();

const recorded = (release: string): Json =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../recorded', release, 'cloud.json'), 'utf8'));

type Row = { [field: string]: Json };
type List = {
  name: string;
  address: string;
  /** The field of the answer that has the rows. */
  field: string;
  rows: Row[];
  read(session: Session): Promise<unknown[]>;
  /** What a row and its result are known by. */
  key: (row: Json) => unknown;
  /** Rows without it belong to something that was deleted in the meantime, and are no loss. */
  owner?: string;
};

const byUuid = (row: Json) => row.uuid ?? row.id;
const byId = (row: Json) => String(row.id);
const byName = (row: Json) => `${row.name} ${row.host ?? ''}`;

const listsOf = (release: string): List[] => {
  const { audits, action_plans, actions, services, strategies, hypervisors, servers } = recorded(release);
  const watcher = (name: string) => `${WATCHER}/v1/${name}`;
  const nova = (name: string) => `${NOVA}/v2.1/${name}`;
  return [
    { name: 'audits', address: watcher('audits/detail'), field: 'audits', rows: audits, read: listAudits, key: byUuid },
    {
      name: 'plans',
      address: watcher('action_plans/detail'),
      field: 'action_plans',
      rows: action_plans,
      read: listActionPlans,
      key: byUuid,
    },
    {
      name: 'actions',
      address: watcher('actions/detail'),
      field: 'actions',
      rows: actions,
      read: listActions,
      key: byUuid,
      owner: 'action_plan_uuid',
    },
    {
      name: 'services',
      address: watcher('services/detail'),
      field: 'services',
      rows: services,
      read: listWatcherServices,
      key: byName,
    },
    {
      name: 'strategies',
      address: watcher('strategies'),
      field: 'strategies',
      rows: strategies,
      read: listStrategies,
      key: byName,
    },
    {
      name: 'hosts',
      address: nova('os-hypervisors/detail'),
      field: 'hypervisors',
      rows: hypervisors,
      read: listHypervisors,
      key: byId,
    },
    { name: 'VMs', address: nova('servers/detail'), field: 'servers', rows: servers, read: listServers, key: byId },
  ];
};

const GROUPS: Row[] = [
  {
    id: 'g-1',
    name: 'apart',
    policies: ['anti-affinity'],
    members: ['a', 'b'],
    metadata: {},
    policy: 'anti-affinity',
    rules: { max_server_per_host: 2 },
  },
  { id: 'g-2', name: 'together', policy: 'affinity', rules: {}, members: ['c'] },
  { id: 'g-3', name: 'old', policies: ['soft-affinity'], members: [] },
];
const AGGREGATES: Row[] = [
  {
    id: 1,
    uuid: 'a-1',
    name: 'ssd',
    hosts: ['compute-4', 'compute-5'],
    metadata: { ssd: 'true' },
    availability_zone: null,
  },
  {
    id: 2,
    uuid: 'a-2',
    name: 'rack-b',
    hosts: ['compute-4'],
    metadata: { availability_zone: 'az-b' },
    availability_zone: 'az-b',
  },
];

const OTHERS: List[] = [
  {
    name: 'migrations',
    address: `${NOVA}/v2.1/os-migrations`,
    field: 'migrations',
    rows: recording('nova-migrations').migrations,
    read: (session) => listMigrations(session, { since: 0, most: 1_000 }),
    key: byUuid,
  },
  {
    name: 'aggregates',
    address: `${NOVA}/v2.1/os-aggregates`,
    field: 'aggregates',
    rows: AGGREGATES,
    read: listAggregates,
    key: (row) => row.name,
  },
  {
    name: 'server groups',
    address: `${NOVA}/v2.1/os-server-groups`,
    field: 'server_groups',
    rows: GROUPS,
    read: listServerGroups,
    key: byId,
  },
  {
    name: 'providers',
    address: `${PLACEMENT}/resource_providers`,
    field: 'resource_providers',
    rows: recording('placement-resource-providers').resource_providers,
    read: (session) => listProvidersWith(session, 'HW_CPU_X86_AVX2'),
    key: (row) => row.uuid ?? row,
  },
];

/** Every value inside a row, with the row's own fields. */
function pathsIn(value: Json, at: string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [...(at.length > 0 ? [at] : []), ...inner.flatMap((key) => pathsIn(value[key], [...at, key]))];
}

function damage(row: Row, [first = '', ...rest]: string[], odd: Json): Json {
  const copy = structuredClone(row);
  const parent = rest.slice(0, -1).reduce<Json>((value, key) => value[key], rest.length === 0 ? copy : copy[first]);
  const key = rest.at(-1) ?? first;
  if (odd === 'removed') delete parent[key];
  else parent[key] = odd;
  return copy;
}

const ODD: Json[] = ['removed', null, '', 'text', -1, 1e308, 3.5, true, [], [null], {}, { a: 'b' }];

/** Reads the list with these rows; what was left out comes with it. */
async function readRows({ address, field, read }: List, rows: Json[], session: Session) {
  const losses: Loss[] = [];
  server.use(
    http.get(address, ({ request }) => {
      const query = new URL(request.url).searchParams;
      const isNext = query.has('marker') || Number(query.get('offset') ?? 0) > 0;
      return HttpResponse.json({ [field]: isNext ? [] : rows });
    }),
  );
  const items: Json[] = await read(reportingLosses(session, (loss) => losses.push(loss)));
  return { items, losses };
}

/** Fields that the undamaged result had and this one lacks. */
const lostFields = (before: Json, after: Json): string[] =>
  Object.keys(before).filter((field) => before[field] !== null && after[field] === null);

function holds(list: List) {
  let session: Session;
  beforeEach(() => {
    session = open();
  });
  it(list.name, async () => {
    const whole = await readRows(list, list.rows, session);
    expect(whole.losses).toEqual([]);
    const keys = whole.items.map(list.key);
    const cases = fc.nat(list.rows.length - 1).chain((index) => {
      const paths = pathsIn(list.rows[index]);
      return fc.record({ index: fc.constant(index), at: fc.constantFrom(...paths), odd: fc.constantFrom(...ODD) });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ index, at, odd }) => {
        server.resetHandlers();
        const row = list.rows[index] ?? {};
        const rows = list.rows.with(index, damage(row, at, odd));
        const { items, losses } = await readRows(list, rows, session);
        const key = list.key(row);
        const others = whole.items.filter((item) => list.key(item) !== key);
        expect(items.filter((item) => keys.includes(list.key(item)) && list.key(item) !== key)).toEqual(others);
        const before = whole.items.find((item) => list.key(item) === key);
        const after = items.find((item) => list.key(item) === key);
        const known = [row.uuid, row.id, row.name, row.hypervisor_hostname, odd, `row ${index + 1}`];
        for (const loss of losses)
          expect(known.some((name) => `${loss.id} ${loss.row}`.includes(String(name)))).toBe(true);
        const isGone = before !== undefined && after === undefined && items.length < whole.items.length;
        const isOrphan = at.join() === list.owner && (odd === 'removed' || odd === null || odd === '');
        if (isGone && !isOrphan) expect(losses.length).toBe(1);
        const isWrong = odd !== 'removed' && odd !== '' && typeof odd !== 'object';
        if (
          isWrong &&
          before !== undefined &&
          after !== undefined &&
          typeof before === 'object' &&
          lostFields(before, after).length > 0
        )
          expect(losses.length).toBeGreaterThan(0);
      }),
      { numRuns: 60, seed: 12 },
    );
  });
}

describe.each(['zed', '2025.1', '2026.2'])('a damaged row of %s is the only one that is lost', (release) => {
  for (const list of listsOf(release)) holds(list);
});

describe('a damaged row is the only one that is lost', () => {
  for (const list of OTHERS) holds(list);
});

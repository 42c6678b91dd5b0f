import { describe, expect, it } from 'vitest';
import { balanceOf } from '@/lib/domain/projection/balance';
import { ask, servedCloud } from '../routes/served-cloud';
import { alter, type Json } from './altered';

/** Hosts that are closed in Placement while VMs still run on them: the fullest host must not look like the emptiest. */

const served = servedCloud({ hosts: 5, servers: 60, audits: 2 });

const CLOSED: [string, (inventory: Json) => void][] = [
  ['everything reserved', (inventory) => Object.assign(inventory, { reserved: inventory.total })],
  ['more reserved than there is', (inventory) => Object.assign(inventory, { reserved: inventory.total + 5 })],
  ['a ratio of 0', (inventory) => Object.assign(inventory, { allocation_ratio: 0 })],
  ['a total of 0', (inventory) => Object.assign(inventory, { total: 0, reserved: 0 })],
];

/** Placement leaves hosts without room out of its candidates. */
function close(ids: (string | undefined)[], change: (inventory: Json) => void): void {
  served.configure({ METRICS_OPENSTACK_SELECTOR: 'job="none"' });
  alter(served, /\/allocation_candidates$/, ({ provider_summaries: summaries }) => {
    for (const id of ids) delete summaries[id ?? ''];
  });
  alter(served, new RegExp(`/(${ids.join('|')})/inventories$`), ({ inventories }) => {
    for (const inventory of Object.values(inventories)) change(inventory);
  });
}

const busiestHost = () => {
  const vms = (id: string) => served.simulation.cloud.servers.filter(({ host }: Json) => host?.id === id).length;
  return served.simulation.cloud.hosts.toSorted((a, b) => vms(b.id) - vms(a.id))[0];
};

describe.each(CLOSED)('a host with %s', (_, change) => {
  it('has no share, and does not count as empty in the balance', async () => {
    const host = busiestHost();
    close([host?.id], change);
    const { vcpu, vram } = (await ask('host', { params: { name: host?.name ?? '' } })).body.host;
    for (const resource of [vcpu, vram]) {
      expect(resource.allocated).toBeGreaterThan(0);
      expect(resource).toMatchObject({ capacity: 0, allocated_percentage: null });
    }
    const { body } = await ask('overview');
    expect(body.vcpu.allocated_percentage).toBeGreaterThan(0);
    const audit = served.simulation.cloud.audits[0]?.id ?? '';
    const { projection } = (await ask('audit', { params: { id: audit } })).body;
    expect(projection.balance?.before?.vcpu?.left_out ?? 1).toBe(1);
  });

  it('leaves a region of such hosts without a share, and at least full where a number is promised', async () => {
    close(
      served.simulation.cloud.hosts.map(({ id }) => id),
      change,
    );
    const { vcpu } = (await ask('overview')).body;
    expect(vcpu.allocated).toBeGreaterThan(0);
    expect(vcpu).toMatchObject({ total: 0, allocated_percentage: null, schedulable_free: 0 });
    expect(vcpu.reason).toContain('Nothing can be allocated');
    const { response, body } = await ask('stats');
    expect(body.vcpu).toMatchObject({ total: 0, allocated: vcpu.allocated, free: -vcpu.allocated });
    expect(body.vcpu.allocated_percentage).toBe(100);
    const unknown = response.headers.get('x-data-unknown')?.split(' ') ?? [];
    const isExact = body.vcpu.overcommit_ratio > body.vcpu.overcommit_max;
    expect(isExact || unknown.includes('vcpu.overcommit_ratio')).toBe(true);
  });
});

describe('nothing of nothing', () => {
  it('is 0: an empty region is not an unknown one', async () => {
    served.serve({ hosts: 0, servers: 0, audits: 0 });
    const { response, body } = await ask('stats');
    expect(body.vcpu).toMatchObject({ total: 0, allocated: 0, free: 0, allocated_percentage: 0, overcommit_ratio: 0 });
    expect(response.headers.get('x-data-unknown')).toBeNull();
  });
});

describe('a share that is unknown', () => {
  it('is left out of the balance', () => {
    const shares = [
      { host: 'a', percentage: 80 },
      { host: 'b', percentage: null },
    ];
    expect(balanceOf(shares)).toMatchObject({ score: 100, lowest: { host: 'a' }, left_out: 1 });
  });
});

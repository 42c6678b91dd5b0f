import { describe, expect, it } from 'vitest';
import { loadCloud } from '@/lib/openstack/clouds';
import { openSession } from '@/lib/openstack/session';
import { type Inventory, openInventoryReader } from '@/lib/readings/inventory';
import { openOptimizerReader } from '@/lib/readings/optimizer';
import { openPlacementReader } from '@/lib/readings/placement';
import { servedCloud } from '../routes/served-cloud';
import { alter, type Json } from './altered';

/** Refreshes read only what changed; what could not be read stays known until it can be. */

const served = servedCloud({ hosts: 4, servers: 20, audits: 3 });

const session = () =>
  openSession(
    loadCloud(
      {
        OS_AUTH_URL: 'http://cloud.test/identity/v3',
        OS_USERNAME: 'visio',
        OS_PASSWORD: 'simulated',
        OS_PROJECT_NAME: 'admin',
      },
      { read: () => undefined, home: '/', cwd: '/' },
    ),
    { timeoutMs: 5_000, maxBytes: 50_000_000, concurrency: 8 },
  );

const fields = ({ losses }: Pick<Inventory, 'losses'>) => losses.map(({ row, field }) => [row, field]);

describe('an unreadable flavor of a VM', () => {
  const SERVERS = /\/servers\/detail$/;

  it('stays known while refreshes bring other VMs, and is over when the VM comes with a flavor', async () => {
    const reader = openInventoryReader(session());
    const [odd, other] = served.simulation.cloud.servers;
    const only = (id: string | undefined, change: (row: Json) => void) =>
      alter(served, SERVERS, (json, url) => {
        const all: Json[] = json.servers;
        json.servers = url.searchParams.has('changes-since') ? all.filter((row) => row.id === id) : all;
        for (const row of json.servers) if (row.id === odd?.id) change(row);
      });
    only(odd?.id, (row) => Object.assign(row, { flavor: {} }));
    const first = await reader.read();
    expect(fields(first)).toEqual([[odd?.name, 'flavor.vcpus']]);
    only(other?.id, () => {});
    const second = await reader.read(first);
    expect(fields(second)).toEqual(fields(first));
    only(odd?.id, () => {});
    // The simulated Nova reports a VM as changed only if it was; a full list has it in any case.
    const third = await reader.read({ ...second, changesFrom: 0 });
    expect(third.losses).toEqual([]);
    expect(third.servers).toHaveLength(20);
  });
});

describe('an unreadable inventory of a host', () => {
  it('stays known while its capacity stays the same', async () => {
    const [host] = served.simulation.cloud.hosts;
    const { hypervisors } = await openInventoryReader(session()).read();
    const placement = openPlacementReader(session(), async () => []);
    const computes = hypervisors.filter(({ type }) => type !== 'ironic');
    alter(served, new RegExp(`/${host?.id}/inventories$`), ({ inventories }) => {
      inventories.DISK_GB.allocation_ratio = 1e12;
    });
    const first = await placement.read(computes);
    expect(fields(first)).toEqual([[`${host?.fqdn} DISK_GB`, 'allocation_ratio']]);
    const second = await placement.read(computes, first);
    expect(fields(second)).toEqual(fields(first));
    expect(second.providers.find(({ id }) => id === host?.id)?.unread).toEqual(['DISK_GB']);
  });
});

describe('an unreadable action of a plan', () => {
  it('stays known while its plan is not read again', async () => {
    const rules = { wanted: (plans: Json[]) => plans, isRunning: () => false };
    const reader = openOptimizerReader(session(), rules);
    alter(served, /\/actions\/detail$/, ({ actions }) => {
      if (actions[0]) actions[0].state = null;
    });
    const first = await reader.read();
    expect(first.losses.length).toBeGreaterThan(0);
    expect(first.losses[0]).toMatchObject({ what: 'actions/detail', lost: 'row', field: 'state' });
    expect(first.plans.map(({ id }) => id)).toContain(first.losses[0]?.owner);
    const second = await reader.read(first);
    expect(second.losses).toEqual(first.losses);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostAt } from '@/lib/simulation/model';
import { serveSimulation } from '@/lib/simulation/server';
import { openSimulation, type Simulation } from '@/lib/simulation/simulation';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const open = (more = {}) => openSimulation({ hosts: 24, servers: 240, clock: () => NOW, ...more });

const LOGIN = JSON.stringify({
  auth: {
    identity: {
      methods: ['password'],
      password: { user: { name: 'visio', password: 'simulated', domain: { id: 'default' } } },
    },
    scope: { project: { name: 'admin', domain: { id: 'default' } } },
  },
});

async function login(simulation: Simulation) {
  const response = await simulation.answer(
    new Request('http://sim.test/identity/v3/auth/tokens', { method: 'POST', body: LOGIN }),
  );
  return { token: response.headers.get('x-subject-token') ?? '', body: await response.json() };
}

async function get(simulation: Simulation, address: string, version: string) {
  const { token } = await login(simulation);
  const headers = { 'x-auth-token': token, 'openstack-api-version': version };
  const response = await simulation.answer(new Request(`http://sim.test${address}`, { headers }));
  return { status: response.status, body: await response.json() };
}

async function query(simulation: Simulation, expression: string): Promise<number> {
  const address = `http://sim.test/prometheus/api/v1/query?${new URLSearchParams({ query: expression })}`;
  const { data } = await (await simulation.answer(new Request(address))).json();
  return Number(data.result[0].value[1]);
}

describe('the simulated cloud', () => {
  it('builds the same cloud for the same seed and a different one for another seed', () => {
    const names = (seed: number) => open({ seed }).cloud.servers.map(({ id, name }) => id + name);
    expect(names(1)).toEqual(names(1));
    expect(names(1)).not.toEqual(names(2));
  });

  it('gives hosts the load of their VMs plus two percent', async () => {
    const simulation = open();
    const host = simulation.cloud.hosts[3];
    const instance = `${host?.ip}:9100`;
    const guests = `sum(rate(libvirt_domain_info_cpu_time_seconds_total{instance="${host?.ip}:9177"}[5m]))`;
    const busy = await query(
      simulation,
      `sum(1 - rate(node_cpu_seconds_total{mode="idle",instance="${instance}"}[5m]))`,
    );
    expect(busy).toBeCloseTo((await query(simulation, guests)) + 0.02 * (host?.threads ?? 0), 6);
    expect(busy / (host?.threads ?? 1)).toBeGreaterThan(0.8);
  });

  it('allocates exactly the VMs’ flavors', async () => {
    const simulation = open();
    const { cloud } = simulation;
    const host = cloud.hosts[5];
    const { body } = await get(simulation, `/placement/resource_providers/${host?.id}/usages`, 'placement 1.39');
    const guests = cloud.servers.filter((server) => hostAt(server, NOW) === host);
    const sum = (pinned: boolean) =>
      guests.filter(({ flavor }) => flavor.pinned === pinned).reduce((all, { flavor }) => all + flavor.vcpus, 0);
    expect([body.usages.VCPU, body.usages.PCPU]).toEqual([sum(false), sum(true)]);
    expect(sum(true)).toBeGreaterThan(0);
  });

  it('has the VMs of executed plans on their source hosts in the past', () => {
    const { cloud } = open();
    const plan = cloud.plans.find(({ strategy, state }) => strategy === 'zone_migration' && state === 'SUCCEEDED');
    const [move] = plan?.actions ?? [];
    const server = cloud.servers.find(({ id }) => id === move?.parameters.resource_id);
    expect(server && hostAt(server, plan?.createdAt ?? 0)?.name).toBe(move?.parameters.source_node);
    expect(server && hostAt(server, NOW)?.name).toBe(move?.parameters.destination_node);
  });

  it('has audits, plans and actions in every state', () => {
    const { audits, plans } = open().cloud;
    expect(new Set(audits.map(({ state }) => state))).toEqual(
      new Set(['SUCCEEDED', 'ONGOING', 'CANCELLED', 'FAILED', 'PENDING', 'SUSPENDED']),
    );
    expect(new Set(plans.map(({ state }) => state))).toEqual(
      new Set(['RECOMMENDED', 'PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'CANCELLING', 'SUPERSEDED']),
    );
    expect(new Set(plans.flatMap(({ actions }) => actions.map(({ state }) => state)))).toEqual(
      new Set(['PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED', 'CANCELLING', 'SKIPPED']),
    );
    expect(plans.some(({ auditId }) => auditId === null)).toBe(true);
  });

  it('has every field of the responses recorded from real services', async () => {
    const simulation = open();
    const fixture = (name: string) =>
      JSON.parse(readFileSync(path.join(import.meta.dirname, '../fixtures/openstack', `${name}.json`), 'utf8'));
    const missing = (real: object, simulated: object) => Object.keys(real).filter((key) => !(key in simulated));
    const pairs: [string, object, object][] = [
      ['token', fixture('keystone-auth-password-project').token, (await login(simulation)).body.token],
      [
        'hypervisor',
        fixture('nova-hypervisors-detail-2.87').hypervisors[0],
        (await get(simulation, '/compute/v2.1/os-hypervisors/detail', 'compute 2.87')).body.hypervisors[0],
      ],
      [
        'audit',
        fixture('watcher-audits-detail').audits[0],
        (await get(simulation, '/infra-optim/v1/audits/detail', 'infra-optim 1.4')).body.audits[0],
      ],
      [
        'plan',
        fixture('watcher-action-plans-detail').action_plans[0],
        (await get(simulation, '/infra-optim/v1/action_plans/detail', 'infra-optim 1.4')).body.action_plans[0],
      ],
      [
        'action',
        fixture('watcher-actions-of-balance-cpu-1').actions[0],
        (await get(simulation, '/infra-optim/v1/actions/detail', 'infra-optim 1.4')).body.actions[0],
      ],
      [
        'provider',
        fixture('placement-resource-providers').resource_providers[0],
        (await get(simulation, '/placement/resource_providers', 'placement 1.39')).body.resource_providers[0],
      ],
    ];
    for (const [name, real, simulated] of pairs) expect(missing(real, simulated), name).toEqual([]);
  });

  it('respects microversions: rejects unsupported ones and drops the capacity from 2.88 on', async () => {
    const simulation = open();
    const old = await get(simulation, '/compute/v2.1/os-hypervisors/detail', 'compute 2.88');
    expect('vcpus' in old.body.hypervisors[0]).toBe(false);
    expect((await get(simulation, '/compute/v2.1/os-hypervisors/detail', 'compute 2.97')).status).toBe(406);
    expect((await get(simulation, '/infra-optim/v1/audits/detail', 'infra-optim 1.9')).status).toBe(406);
  });

  it('returns an empty list without all_tenants, and 401 without a token', async () => {
    const simulation = open();
    expect((await get(simulation, '/compute/v2.1/servers/detail', 'compute 2.90')).body.servers).toEqual([]);
    const response = await simulation.answer(new Request('http://sim.test/compute/v2.1/servers/detail'));
    expect(response.status).toBe(401);
  });

  it('has misleading next links, like Watcher', async () => {
    const { body } = await get(open(), '/infra-optim/v1/actions/detail?limit=2&action_plan_uuid=x', 'infra-optim 1.4');
    expect(body).toEqual({ actions: [] });
    const full = await get(open(), '/infra-optim/v1/audits/detail?limit=2&goal=dummy', 'infra-optim 1.4');
    expect(full.body.next).toMatch(/^http:\/\/watcher\.internal/);
    expect(full.body.next).not.toContain('goal');
  });

  it.each([0, 1, 3])('works with %i hosts', async (hosts) => {
    const simulation = openSimulation({ hosts, servers: hosts * 5, clock: () => NOW });
    const { status, body } = await get(simulation, '/compute/v2.1/os-hypervisors/detail', 'compute 2.87');
    expect([status, body.hypervisors.length]).toEqual([200, hosts]);
  });

  it('builds a cloud with a thousand hosts', () => {
    const { cloud } = openSimulation({ hosts: 1_000, servers: 10_000, audits: 60, clock: () => NOW });
    expect([cloud.hosts.length, cloud.servers.length, cloud.audits.length]).toEqual([1_000, 10_000, 60]);
    expect(new Set(cloud.hosts.map(({ ip }) => ip)).size).toBe(1_000);
  });

  it('can be served over HTTP, broken and repaired', async () => {
    const simulation = open();
    const { url, close } = await serveSimulation(simulation);
    try {
      const probe = () => fetch(`${url}/prometheus/api/v1/query?query=vector(1)`);
      expect((await probe()).status).toBe(200);
      await fetch(`${url}/_sim/faults/prometheus`, { method: 'PUT', body: '{"status":503}' });
      expect((await probe()).status).toBe(503);
      await fetch(`${url}/_sim/faults/prometheus`, { method: 'PUT', body: '{"reset":true}' });
      await expect(probe()).rejects.toThrow();
      await fetch(`${url}/_sim/faults/prometheus`, { method: 'DELETE' });
      expect((await probe()).status).toBe(200);
      const counted = await (await fetch(`${url}/_sim/requests`)).json();
      expect(counted.prometheus).toBe(4);
    } finally {
      await close();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { hypervisor, migrate, server, target } from '../build';
import { cores, project } from './project';

describe('projecting a plan that is over', () => {
  it('starts from the load when the plan was made, even if its VMs have moved or are gone', () => {
    const { after, projection } = project({
      state: 'SUCCEEDED',
      servers: [server('vm', 'b')],
      actions: [
        migrate('1', ['vm', 'a', 'b'], { state: 'SUCCEEDED' }),
        migrate('2', ['gone', 'a', 'b'], { state: 'SUCCEEDED' }),
      ],
      past: {
        targets: [target('a', { cpus: 32, used: 32 }), target('b', { cpus: 64, used: 0 })],
        use: { vm: cores(8), gone: cores(8) },
      },
    });
    expect(projection).toMatchObject({ basis: 'plan-creation', as_of: 1_000, reason: null });
    expect(projection.hosts.map(({ cpu_now }) => cpu_now)).toEqual([100, 0]);
    expect(after).toEqual({ a: 50, b: 25 });
  });

  it('calls a VM that is gone as the action does', () => {
    const parameters = { resource_id: 'gone', resource_name: 'web-9', source_node: 'a', destination_node: 'b' };
    const { migrations } = project({
      state: 'SUCCEEDED',
      servers: [],
      actions: [migrate('1', ['gone', 'a', 'b'], { state: 'SUCCEEDED', parameters })],
      past: {
        targets: [target('a', { cpus: 32, used: 32 }), target('b', { cpus: 64, used: 0 })],
        use: { gone: cores(8) },
      },
    });
    expect(migrations[0]).toMatchObject({ vm_name: 'web-9', flavor: null, cpu_cores: 8, problem: null });
  });

  it('undoes what the plan did: where VMs were, and which hosts were in service', () => {
    const disabled = hypervisor('a', { status: 'disabled' });
    const off = {
      ...migrate('0', ['', '', null], { state: 'SUCCEEDED' }),
      type: 'change_nova_service_state',
      parameters: { resource_name: 'a', state: 'disabled' },
    };
    const { migrations, balance } = project({
      state: 'SUCCEEDED',
      hosts: [disabled, hypervisor('b')],
      servers: [server('vm', 'b'), server('other', 'b')],
      actions: [off, migrate('1', ['vm', 'a', 'b'], { state: 'SUCCEEDED' })],
      past: { targets: [target('a', { cpus: 32, used: 16 }), target('b', { cpus: 64, used: 16 })], use: {} },
    });
    // Alone on a then, it had all of its 16 cores; today it is one of two on b.
    expect(migrations[0]).toMatchObject({ cpu_cores: 16, problem: null });
    // a was in service and at 50% then, beside b at 25%; after the plan it is disabled and empty.
    expect([balance.now.cpu?.hosts, balance.after.cpu?.hosts]).toEqual([2, 1]);
    expect(balance.after.cpu?.mean).toBe(50);
  });

  it('shows the load now on both sides if Prometheus does not reach back', () => {
    const { after, projection, migrations } = project({
      state: 'SUCCEEDED',
      servers: [server('vm', 'b')],
      actions: [migrate('1', ['vm', 'a', 'b'], { state: 'SUCCEEDED' })],
      use: { vm: cores(8) },
      past: null,
    });
    expect(after).toEqual({ a: 75, b: 25 });
    expect(projection.basis).toBe('now');
    expect(projection.reason).toMatch(/no measurements/);
    expect(migrations[0]).toMatchObject({ projected: false, problem: 'no-history' });
  });
});

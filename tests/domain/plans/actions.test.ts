import { describe, expect, it } from 'vitest';
import { isHarmless, listAffectedServers, readAction } from '@/lib/domain/plans/actions';
import { describeAction } from '@/lib/domain/plans/describe-action';
import { listMoves, listSteps } from '@/lib/domain/plans/steps';
import type { Action } from '@/lib/openstack/records';
import { cluster, hypervisor, migrate, server } from '../build';
import { planRow } from '../records';

const action = (type: string, parameters: Action['parameters']): Action => ({
  ...migrate('1', ['', '', null]),
  type,
  parameters,
});

/** Parameters as Watcher's releases write them, one action of every type. */
const EVERY_TYPE: Action[] = [
  action('migrate', { resource_id: 'vm', migration_type: 'live', source_node: 'id-of-a', destination_node: 'b' }),
  action('change_nova_service_state', {
    resource_id: 'id-of-a',
    resource_name: 'a',
    state: 'disabled',
    disabled_reason: 'watcher_disabled',
  }),
  action('change_node_power_state', { resource_id: 'ironic-1', resource_name: 'a.example', state: 'off' }),
  action('resize', { resource_id: 'vm', flavor: 'm1.large' }),
  action('stop', { resource_id: 'vm' }),
  action('shelve', { resource_id: 'vm' }),
  action('delete', { resource_id: 'vm' }),
  action('volume_migrate', { resource_id: 'volume', migration_type: 'retype', destination_type: 'ssd' }),
  action('sleep', { duration: 10 }),
  action('nop', { message: 'hello' }),
  action('defragment', { resource_id: 'vm', speed: 'slow' }),
];

const CLUSTER = cluster({ hypervisors: [hypervisor('a'), hypervisor('b')], servers: [server('vm', 'a')] });
const PLAN = planRow();

describe('reading an action', () => {
  it('turns every action type into what it does, unknown types included', () => {
    expect(EVERY_TYPE.map((one) => readAction(one))).toEqual([
      { kind: 'migrate', id: 'vm', name: null, live: true, source: 'id-of-a', destination: 'b' },
      { kind: 'service', id: 'id-of-a', name: 'a', enable: false, reason: 'watcher_disabled' },
      { kind: 'power', id: 'ironic-1', name: 'a.example', on: false },
      { kind: 'resize', id: 'vm', name: null, flavor: 'm1.large' },
      { kind: 'shutdown', how: 'stop', id: 'vm', name: null },
      { kind: 'shutdown', how: 'shelve', id: 'vm', name: null },
      { kind: 'shutdown', how: 'delete', id: 'vm', name: null },
      { kind: 'volume-migrate', id: 'volume', name: null, way: 'retype', pool: null, volumeType: 'ssd' },
      { kind: 'sleep', id: null, name: null, seconds: 10 },
      { kind: 'nop', id: null, name: null, message: 'hello' },
      {
        kind: 'other',
        id: 'vm',
        name: null,
        type: 'defragment',
        parameters: { resource_id: 'vm', speed: 'slow' },
      },
    ]);
  });

  it('takes a migration for live unless it says otherwise, and ignores values that are not text', () => {
    expect(readAction(action('migrate', {}))).toMatchObject({ live: true, source: null, destination: null, id: null });
    expect(readAction(action('migrate', { migration_type: 'cold', source_node: 7 }))).toMatchObject({
      live: false,
      source: null,
    });
  });

  it('treats a type named like a property of objects as unknown', () => {
    expect(readAction(action('toString', {})).kind).toBe('other');
  });

  it('describes actions with names instead of ids', () => {
    const described = EVERY_TYPE.map((one) => describeAction(one, { plan: PLAN, cluster: CLUSTER, happened: null }));
    expect(described.map(({ label, target, detail }) => [label, target, detail])).toEqual([
      ['move', 'name-of-vm', 'live, from a to b'],
      ['disable', 'a', 'reason: watcher_disabled'],
      ['power off', 'a.example', ''],
      ['resize', 'name-of-vm', 'to flavor m1.large'],
      ['stop', 'name-of-vm', 'shuts the VM off'],
      ['shelve', 'name-of-vm', 'shuts the VM off and takes it off its host'],
      ['delete', 'name-of-vm', 'deletes the VM'],
      ['move volume', 'volume', 'migration type: retype, volume type: ssd'],
      ['wait', null, 'for 10 s'],
      ['log', null, 'hello'],
      ['defragment', 'name-of-vm', 'speed: slow'],
    ]);
  });

  it('calls an action harmless only if it logs or waits', () => {
    expect(EVERY_TYPE.filter(isHarmless).map(({ type }) => type)).toEqual(['sleep', 'nop']);
  });
});

describe('listing the steps of a plan', () => {
  it('names hosts as Nova does and keeps every action in place', () => {
    const steps = listSteps(EVERY_TYPE, CLUSTER.index);
    expect(steps.map(({ kind }) => kind)).toEqual([
      'migrate',
      'service',
      ...Array(2).fill('other'),
      ...Array(3).fill('shutdown'),
      ...Array(4).fill('other'),
    ]);
    expect(steps[0]).toMatchObject({ source: 'a', destination: 'b', destination_named: null });
    expect(steps[1]).toMatchObject({ host: 'a', enable: false });
  });

  it('keeps the name in the action for a host that Nova does not have', () => {
    const [move] = listMoves(
      [migrate('1', ['vm', 'a', 'gone']), migrate('2', ['vm', 'a', 'b.example'])],
      CLUSTER.index,
    );
    expect(move).toMatchObject({ destination: 'gone', destination_named: null });
  });

  it('reports the spelling of a destination that differs from Nova’s name', () => {
    const [move] = listMoves([migrate('1', ['vm', 'a', 'b.example'])], CLUSTER.index);
    expect(move).toMatchObject({ destination: 'b', destination_named: 'b.example' });
  });

  it('lists every VM whose load moves or ends once', () => {
    expect(
      listAffectedServers([...EVERY_TYPE, migrate('2', ['vm', 'b', 'a']), migrate('3', ['other', 'a', 'b'])]),
    ).toEqual(['vm', 'other']);
  });
});

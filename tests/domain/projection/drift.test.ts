import { describe, expect, it } from 'vitest';
import { type DriftContext, measureDrift } from '@/lib/domain/projection/drift';
import type { ActionPlan } from '@/lib/openstack/records';
import { migration } from '../../components/audit-samples';
import { cluster, hypervisor, target } from '../build';

const PLAN: ActionPlan = {
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state: 'RECOMMENDED',
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 1_000,
  updatedAt: null,
};

/** Ten CPUs each: now a uses 9 (90%), b 5 (50%), c 1 (10%), d is not measured. */
const CLUSTER = cluster({
  hypervisors: ['a', 'b', 'c', 'd'].map((name) => hypervisor(name)),
  targets: [
    target('a', { cpus: 10, used: 9 }),
    target('b', { cpus: 10, used: 5 }),
    target('c', { cpus: 10, used: 1 }),
    target('d', { cpus: 10, used: null }),
  ],
});

const drift = (changes: Partial<DriftContext> = {}) =>
  measureDrift(PLAN, {
    cluster: CLUSTER,
    migrations: [],
    past: {
      at: 1_000,
      targets: [
        target('a', { cpus: 10, used: 8 }),
        target('b', { cpus: 10, used: 5.4 }),
        target('c', { cpus: 10, used: 3 }),
      ],
      use: {},
    },
    hostLabels: ['instance'],
    measuredAt: 5_000,
    failure: null,
    knowsHosts: true,
    ...changes,
  });

describe('drift since a plan was made', () => {
  it('lists the hosts whose CPU moved by more than 5 points, largest change first', () => {
    const found = drift();
    expect(found?.moved?.map(({ host }) => host)).toEqual(['c', 'a']);
    expect(found?.moved?.[0]?.before).toBeCloseTo(30, 9);
    expect(found?.moved?.[0]?.now).toBeCloseTo(10, 9);
    // b moved by 4 points; d is measured at neither time.
    expect(found).toMatchObject({ snapshot_at: 1_000, compared_at: 5_000, threshold: 5, compared: 3, reason: null });
  });

  it('lists the hosts in the plan that no longer exist', () => {
    const gone = [
      migration({ source: 'x', problem: 'source-unknown' }),
      migration({ destination: 'y', problem: 'destination-unknown' }),
      migration({ source: 'x', problem: 'source-unknown' }),
    ];
    expect(drift({ migrations: gone })?.hosts_gone).toEqual(['x', 'y']);
  });

  it.each([
    [
      'there is no load now',
      { measuredAt: null, failure: 'Prometheus refused the connection.' },
      /load now. Prometheus refused/,
    ],
    ['Prometheus does not reach back', { past: null }, /no measurements from that time/],
    ['that time was not read', { past: undefined }, /has not been read/],
    ['Nova has no hosts', { knowsHosts: false }, /hosts are unknown/],
    ['no host is measured at both times', { past: { at: 1_000, targets: [], use: {} } }, /No host was measured/],
  ])('is unknown, with the reason, if %s', (_, changes, reason) => {
    const found = drift(changes);
    expect(found).toMatchObject({ compared: null, moved: null });
    expect(found?.reason).toMatch(reason);
  });

  it('lists no hosts as gone if Nova was not read', () => {
    const gone = [migration({ source: 'x', problem: 'source-unknown' })];
    expect(drift({ knowsHosts: false, migrations: gone })?.hosts_gone).toBeNull();
  });

  it('is null without a plan', () => {
    expect(
      measureDrift(null, {
        cluster: CLUSTER,
        migrations: [],
        past: undefined,
        hostLabels: [],
        measuredAt: 1,
        failure: null,
        knowsHosts: true,
      }),
    ).toBeNull();
  });
});

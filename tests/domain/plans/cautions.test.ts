import { describe, expect, it } from 'vitest';
import { cautionsOf } from '@/lib/domain/plans/cautions';
import type { Action, Audit } from '@/lib/openstack/records';
import { cluster, hypervisor, migrate, server, shutdown } from '../build';
import { audit, plan } from '../explain/stories';

const CLOUD = cluster({
  hypervisors: ['a', 'b', 'c'].map((host) => hypervisor(host)),
  servers: [
    ...Array.from({ length: 17 }, (_, i) => server(`vm-${i}`, i % 2 === 0 ? 'a' : 'b')),
    server('off', 'a', { status: 'SHUTOFF' }),
    server('owned', 'a', { projectId: 'precious' }),
  ],
});

type Given = { actions: Action[] | null; audit?: Partial<Audit>; state?: string; strategy?: string };
const cautions = ({
  actions,
  audit: ofAudit = {},
  state = 'RECOMMENDED',
  strategy = 'workload_stabilization',
}: Given) => cautionsOf({ plan: plan({ state, strategy }), actions, audit: audit(ofAudit) }, CLOUD);
const textOf = (given: Given, code: string) => cautions(given).find((caution) => caution.code === code)?.text ?? null;

const moves = (count: number, more: (i: number) => Partial<Action> = () => ({})) =>
  Array.from({ length: count }, (_, i) => migrate(`${i}`, [`vm-${i}`, i % 2 === 0 ? 'a' : 'b', 'c'], more(i)));
const service = (id: string, host: string, state: string): Action => ({
  ...migrate(id, ['', '', null]),
  type: 'change_nova_service_state',
  parameters: { resource_name: host, state },
});

describe('what to know about a plan before it is started', () => {
  it('is how many moves start at once, and what limits them', () => {
    expect(textOf({ actions: moves(17) }, 'starts-at-once')).toBe(
      '17 moves start at once; Nova runs one at a time per source host by default, so 2 live moves run together. Watcher’s applier starts no more than it has workers.',
    );
    const cold = (i: number) => ({ parameters: { ...moves(17)[i]?.parameters, migration_type: 'cold' } });
    expect(textOf({ actions: moves(3, cold) }, 'starts-at-once')).toMatch(/they are cold, for which Nova has no limit/);
    expect(textOf({ actions: moves(4, (i) => (i === 0 ? cold(0) : {})) }, 'starts-at-once')).toMatch(
      /1 cold move has no such limit/,
    );
  });

  it('is no number of moves where they run in waves of two, or one is left', () => {
    const inTwos = moves(6, (i) => ({ parents: i < 2 ? [] : [`${i - 2 - (i % 2)}`, `${i - 1 - (i % 2)}`] }));
    expect(textOf({ actions: inTwos }, 'starts-at-once')).toBeNull();
    const done = moves(17, (i) => (i === 3 ? {} : { state: 'SKIPPED' }));
    expect(textOf({ actions: done }, 'starts-at-once')).toBeNull();
    const first = service('x', 'a', 'disabled');
    const second = moves(5, () => ({ parents: ['x'] }));
    expect(
      textOf({ actions: [first, ...second, migrate('9', ['vm-9', 'b', 'c'], { parents: ['0'] })] }, 'starts-at-once'),
    ).toMatch(/^Up to 5 moves start at once/);
  });

  it('is which running VMs are shut off', () => {
    const actions = [shutdown('1', 'vm-1'), shutdown('2', 'off'), shutdown('3', 'vm-2', { type: 'delete' })];
    expect(cautions({ actions }).map(({ text }) => text)).toEqual([
      '1 running VM will be shut off: name-of-vm-1. Watcher does not start them again.',
      '1 VM will be deleted: name-of-vm-2. This can’t be undone.',
    ]);
  });

  it('is which hosts stay disabled', () => {
    const drain = [service('1', 'a', 'disabled'), service('2', 'b', 'disabled')];
    expect(textOf({ actions: drain }, 'stays-disabled')).toMatch(/^a and b stay disabled/);
    const back = [...drain, service('3', 'a', 'enabled')].map((action, i) => ({
      ...action,
      parents: i === 2 ? ['1'] : [],
    }));
    expect(textOf({ actions: back }, 'stays-disabled')).toMatch(/^b stays disabled/);
  });

  it('is which VMs stay on them, as those that landed after Watcher had looked', () => {
    const all = [...moves(17), ...['off', 'owned'].map((id) => migrate(id, [id, 'a', 'c']))];
    const drained = [service('x', 'a', 'disabled'), ...all];
    expect(textOf({ actions: drained }, 'stays-disabled')).toMatch(/enable it again\.$/);
    const late = drained.filter(({ id }) => id !== 'owned');
    expect(textOf({ actions: late }, 'stays-disabled')).toMatch(
      /1 VM stays on it, since the plan does not move it: name-of-owned\.$/,
    );
  });

  describe('is that the strategy ignores which VMs the scope excludes', () => {
    const scope = [
      { compute: [{ exclude: [{ instances: [{ uuid: 'vm-0' }] }, { projects: [{ uuid: 'precious' }] }] }] },
    ];
    const move = (id: string) => [migrate('1', [id, 'a', 'b'])];

    it.each(['host_maintenance', 'zone_migration', 'node_resource_consolidation', 'noisy_neighbor'])(
      '%s',
      (strategy) => {
        const found = (id: string) => textOf({ actions: move(id), audit: { scope }, strategy }, 'ignores-exclusions');
        expect(found('vm-0')).toBe(
          `${strategy} ignores which VMs the audit’s scope excludes, and the plan changes 1 excluded VM: name-of-vm-0.`,
        );
        expect(found('owned')).toMatch(/name-of-owned/);
        expect(found('vm-1')).toMatch(/may move them/);
      },
    );

    it('unless it honours them, or no VM is excluded', () => {
      expect(textOf({ actions: move('vm-0'), audit: { scope } }, 'ignores-exclusions')).toBeNull();
      const hosts = [{ compute: [{ exclude: [{ compute_nodes: [{ name: 'c' }] }] }] }];
      const strategy = 'host_maintenance';
      expect(textOf({ actions: move('vm-0'), audit: { scope: hosts }, strategy }, 'ignores-exclusions')).toBeNull();
      const metadata = [{ compute: [{ exclude: [{ instance_metadata: [{ optimize: false }] }] }] }];
      expect(textOf({ actions: null, audit: { scope: metadata }, strategy }, 'ignores-exclusions')).toMatch(/may move/);
    });
  });

  it('is nothing once the plan is over', () => {
    expect(cautions({ actions: moves(17), state: 'SUCCEEDED' })).toEqual([]);
  });
});

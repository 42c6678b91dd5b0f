import { describe, expect, it } from 'vitest';
import type { AuditSettings } from '@/lib/contract/v1/new-audit';
import { describeProgress } from '@/lib/domain/audit-form/audit-progress';
import { settingsLike } from '@/lib/domain/audit-form/begin';
import { checkSettings } from '@/lib/domain/audit-form/check-settings';
import type { FormFacts } from '@/lib/domain/audit-form/form-facts';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { specOf } from '@/lib/simulation/strategy-specs';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';

const NOW = Date.parse('2026-02-12T03:06:00Z');
const STRATEGIES = ['workload_stabilization', 'workload_balance', 'vm_workload_consolidation', 'host_maintenance'];
const host = (name: string, vms: number) => ({
  name,
  isOpen: true,
  zone: 'az-a',
  aggregates: [],
  servers: Array.from({ length: vms }, (_, i) => ({ id: `${name}-${i}`, name: `${name}-${i}`, projectId: 'shop' })),
});
/** Two hosts with 2 and 3 VMs, at 20 and 60% of CPU: 20 points from their mean. */
const FACTS: FormFacts = {
  now: NOW,
  strategies: STRATEGIES.map((name) => ({ name, goal: 'a goal', spec: specOf(name, { watcherMinor: 7 }) })),
  taken: new Set(['nightly']),
  hosts: [host('a', 2), host('b', 3)],
  hostsReason: null,
  cpu: new Map([
    ['a', 20],
    ['b', 60],
  ]),
  ram: new Map([['a', 50]]),
  engines: 1,
  blockedBy: [],
  running: [],
  marked: new Set(),
  hasTimes: true,
  hasForce: true,
};
const check = (more: Partial<AuditSettings> = {}, facts: Partial<FormFacts> = {}) =>
  checkSettings(
    { name: 'x', strategy: 'workload_stabilization', type: 'ONESHOT', parameters: {}, ...more },
    { ...FACTS, ...facts },
  );
const fields = (more: Partial<AuditSettings>, facts: Partial<FormFacts> = {}) =>
  check(more, facts).problems.map(({ field }) => field);

describe('the check of settings', () => {
  it('has the spread of the hosts that it looks at, and none unless all of them are measured', () => {
    expect(check().spread).toBeCloseTo(0.2);
    expect(check({ scope: { without_hosts: ['b'] } }).spread).toBe(0);
    expect(check({}, { cpu: new Map([['a', 20]]) }).spread).toBeNull();
  });

  it('says what will happen in a sentence', () => {
    expect(check().will[0]).toBe(
      'Once, now, Watcher looks at 2 hosts and 5 VMs and proposes moves when the spread of CPU is above 0.1.',
    );
    const weekly = check({ type: 'CONTINUOUS', interval: '0 2 * * 1-5', auto_trigger: true, force: true });
    expect(weekly.will[0]).toMatch(/^Weekdays at 02:00 UTC, Watcher .* and starts its plans without asking\.$/);
    expect(weekly.next_runs.map(({ at }) => new Date(at).toISOString().slice(0, 10))).toEqual([
      '2026-02-13',
      '2026-02-16',
      '2026-02-17',
    ]);
  });

  it('says that VMs that should stay are moved all the same by strategies that ignore it', () => {
    const scope = { without_vms: ['a-0'] };
    expect(check({ scope }).will.join(' ')).toContain('1 VM stays; their load still counts.');
    const maintenance = check({ scope, strategy: 'host_maintenance', parameters: { maintenance_node: 'a' } });
    expect(maintenance.will.join(' ')).toContain('moves them all the same');
  });

  it('refuses what can’t be, field by field', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ name: 'nightly' })).toEqual(['name']);
    expect(fields({ name: ' x' })).toEqual(['name']);
    expect(fields({ name: '3f2b8c1e-0000-4000-8000-0123456789ab' })).toEqual(['name']);
    expect(fields({ strategy: 'of-another-cloud' })).toEqual(['strategy']);
    expect(fields({ interval: '600' })).toEqual(['interval']);
    expect(fields({ start_at: NOW + 1 })).toEqual(['start_at']);
    expect(fields({ type: 'CONTINUOUS', interval: '600', start_at: NOW + 2, end_at: NOW + 1 })).toEqual(['end_at']);
    expect(fields({ strategy: 'vm_workload_consolidation', auto_trigger: true })).toEqual(['auto_trigger']);
    expect(fields({ force: true }, { hasForce: false })).toEqual(['force']);
    expect(fields({}, { hosts: null, hostsReason: 'Nova is down.' })).toEqual(['scope']);
  });

  it('warns of runs that come faster than moves end', () => {
    const warned = (interval: string) =>
      check({ type: 'CONTINUOUS', interval }).warnings.some(({ field }) => field === 'interval');
    expect([warned('299'), warned('300'), warned('*/2 * * * *'), warned('0 * * * *')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('what is known before an audit is created', () => {
  const said = (more: Partial<AuditSettings>, facts: Partial<FormFacts> = {}) =>
    check(more, facts).facts.map(({ field, tone, text }) => `${tone} ${field ?? '-'}: ${text.replace(/\s/g, ' ')}`);
  const spread = (limit: number) => ({
    parameters: { thresholds: { instance_cpu_usage: limit, instance_ram_usage: limit } },
  });

  it('says whether it would act now, by the spread or by the limit', () => {
    expect(said(spread(0.1))).toEqual([
      'ok -: CPU is measured for 2 of 2 hosts.',
      'warn -: Would act now: the spread of CPU is 0.200.',
      'info parameters.thresholds.instance_cpu_usage: Now: 0.200. At 0.10 it would act now.',
    ]);
    expect(said(spread(0.3))).toContain('info -: Would find nothing now: the spread of CPU is 0.200.');
    const balance = (threshold: number) => said({ strategy: 'workload_balance', parameters: { threshold } });
    expect(balance(55)).toContain('warn -: Would act now: 1 host is above the limit; b has the most CPU, 60%.');
    expect(balance(65)).toContain('info -: Would find nothing now: b has the most CPU, 60%.');
  });

  it('leaves hosts aside that are closed, as strategies that even out the load do', () => {
    const closed = { ...host('c', 1), isOpen: false };
    const hosts = [host('a', 2), host('b', 3), closed];
    expect(said(spread(0.1), { hosts })).toContain('warn -: Would act now: the spread of CPU is 0.200.');
    expect(check({}, { hosts }).spread).toBeCloseTo(0.2);
  });

  it('names the hosts that lack a metric, and goes by the others', () => {
    const both = { parameters: { metrics: ['instance_cpu_usage', 'instance_ram_usage'] } };
    expect(said(both)).toContain('warn -: RAM is measured for 1 of 2 hosts. Without it: b.');
    expect(said(both).join()).toContain('the spread of RAM is 0.000 among the 1 host that is measured');
    expect(said({ strategy: 'host_maintenance', parameters: { maintenance_node: 'a' } })).toEqual([]);
  });

  it('says before, if nothing would take it up', () => {
    expect(said({}, { engines: 0 })[0]).toMatch(/^error -: No decision engine is up/);
    const often = { type: 'CONTINUOUS' as const, interval: '600' };
    expect(said(often, { blockedBy: ['odd'] })[0]).toContain('can’t read the interval of odd');
    expect(said({}, { blockedBy: ['odd'], running: ['nightly'] })[0]).toContain('cancel this audit at once');
    expect(said(often, { running: ['nightly'] })[0]).toContain('left out until it is over');
    expect(said({ force: true }, { running: ['nightly'], engines: null }).join()).not.toContain('nightly');
  });

  it('says which zones its moves can’t reach, and which VMs must not move', () => {
    const hosts = [host('a', 2), { ...host('b', 3), zone: 'az-b' }];
    expect(said({ scope: { zones: ['az-a'] } }, { hosts })).toContain('info -: A plan in az-a can’t move VMs to az-b.');
    const marked = new Set(['a-0', 'b-1']);
    expect(said({ auto_trigger: true }, { marked }).at(-1)).toMatch(
      /^error -: 2 VMs here must not move\..*without asking/,
    );
    expect(said({ scope: { without_vms: ['a-0'], without_hosts: ['b'] } }, { marked }).join()).not.toContain(
      'must not',
    );
  });
});

const audit = (more: Partial<Audit> = {}): Audit => ({
  id: 'id',
  name: 'nightly',
  type: 'ONESHOT',
  state: 'PENDING',
  goal: 'a goal',
  strategy: 'workload_balance',
  parameters: { threshold: 60 },
  scope: [],
  interval: null,
  autoTrigger: false,
  force: false,
  nextRunAt: null,
  startAt: null,
  endAt: null,
  hostname: null,
  statusMessage: null,
  createdAt: NOW - SECOND_MS,
  updatedAt: null,
  ...more,
});

describe('another audit like it', () => {
  const like = (more: Partial<Audit>) => settingsLike(audit(more), { taken: FACTS.taken, now: NOW });

  it('has a free name, and no times that are over', () => {
    const { settings, reason } = like({ type: 'CONTINUOUS', interval: '600', startAt: NOW - 1, endAt: NOW + 1 });
    expect([settings.name, settings.start_at, settings.end_at, reason]).toEqual([
      'nightly-2',
      undefined,
      NOW + 1,
      null,
    ]);
    expect(like({ name: 'x'.repeat(63) }).settings.name).toBe('x'.repeat(63));
  });

  it('says what can’t be taken over', () => {
    expect(like({ scope: [{ compute: [{ host_aggregates: [{ id: 7 }] }] }] }).reason).toContain('scope');
    expect(like({ strategy: null }).reason).toContain('named no strategy');
    expect(like({ autoTrigger: true }).settings).not.toHaveProperty('auto_trigger');
  });
});

describe('following an audit', () => {
  const PLAN: ActionPlan = {
    id: 'plan',
    auditId: 'id',
    strategy: null,
    state: 'RECOMMENDED',
    efficacy: [],
    globalEfficacy: [],
    hostname: null,
    statusMessage: null,
    createdAt: NOW,
    updatedAt: null,
  };
  const ENGINE = { name: 'watcher-decision-engine', host: 'ctl-1', status: 'ACTIVE', lastSeenAt: NOW };
  const follow = (more: Partial<Audit>, { newest = null, actions = 0, services = [ENGINE] } = {}) =>
    describeProgress({ now: NOW, audit: audit(more), newest: newest ?? null, actions, services });

  it('waits for an engine, and says so after two minutes or if none is up', () => {
    expect(follow({}).text).toBe('Waiting for a decision engine to pick it up.');
    expect(follow({ createdAt: NOW - 3 * MINUTE_MS }).text).toContain('No decision engine has picked it up');
    expect(follow({}, { services: [] }).text).toContain('No decision engine is up');
  });

  it('does not take a plan that is still empty for the end', () => {
    const given = (state: string, actions: number) =>
      describeProgress({ now: NOW, audit: audit({ state }), newest: PLAN, actions, services: [ENGINE] });
    expect(given('ONGOING', 0).phase).toBe('looking');
    expect(given('ONGOING', 3)).toMatchObject({ phase: 'planned', plan_id: 'plan' });
    expect(given('SUCCEEDED', 0)).toMatchObject({ phase: 'nothing', plan_id: null });
  });

  it('ends without a plan, or waits for its time', () => {
    expect(follow({ state: 'FAILED' })).toMatchObject({
      phase: 'nothing',
      text: expect.stringContaining('does not say why'),
    });
    expect(follow({ state: 'FAILED', statusMessage: 'No metric' }).text).toBe('It failed: No metric');
    expect(follow({ state: 'SUCCEEDED' }).text).toBe('It ended without a plan.');
    expect(follow({ state: 'CANCELLED' }).text).toContain('another plan was running');
    expect(follow({ type: 'EVENT' }).phase).toBe('scheduled');
    const cron = follow({ type: 'CONTINUOUS', nextRunAt: NOW + MINUTE_MS });
    expect(cron).toMatchObject({ phase: 'scheduled', text: 'It runs first at 03:07 UTC.' });
  });
});

import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { toCsv, toMarkdown } from '@/lib/domain/review/export';
import { toCommands } from '@/lib/domain/review/export-commands';
import { reviewPlan } from '@/lib/domain/review/review';
import { disable, exportOf, host, move, scene, shutdown, vm } from './scene';

const look = (parts: Partial<Scene>) =>
  reviewPlan(scene({ hosts: [host('a', 60), host('b', 40)], vms: [vm('x', 'a')], ...parts }));

describe('the review of a plan that takes VMs out of service', () => {
  it.each([
    ['stop', 'will be shut off. Watcher does not start it again'],
    ['shelve', 'until someone unshelves it'],
    ['delete', 'can’t be undone'],
  ] as const)('warns of %s', (how, text) => {
    const { verdict, counts, shutdowns, totals } = look({ steps: [disable('a'), shutdown('x', how)] });
    expect(verdict).toBe('warning');
    expect(counts.warning).toBe(0);
    expect(shutdowns[0]).toMatchObject({ verdict: 'warning', host: 'a', how });
    expect(shutdowns[0]?.reasons[0]?.text).toContain(text);
    expect(totals).toMatchObject({ shutdowns: 1, moves: 0 });
  });

  it('lets a host lose its load, and counts it as emptied', () => {
    const { hosts, totals } = look({ hosts: [host('a', 60, { vms: 1, running: 1 })], steps: [shutdown('x')] });
    expect(hosts[0]?.cpu_after).toBeLessThan(60);
    expect(totals.emptied).toMatchObject({ count: 1, hosts: ['a'], vms_left: 1 });
  });

  it('says what the release does about a VM that is off or gone', () => {
    const off = { vms: [vm('x', 'a', { status: 'SHUTOFF' })], steps: [shutdown('x')] };
    expect(look({ ...off, checks_moves: true }).shutdowns[0]).toMatchObject({
      verdict: 'ok',
      reasons: [{ check: 'vm', verdict: 'ok', text: 'It is not running. Watcher skips it.' }],
    });
    const paused = { vms: [vm('x', 'a', { status: 'PAUSED' })], steps: [shutdown('x')], checks_moves: true };
    expect(look(paused).shutdowns[0]).toMatchObject({ verdict: 'warning', problem: 'already-off' });
    expect(look(paused).shutdowns[0]?.reasons[0]?.text).toBe('It is PAUSED, which Nova may refuse to stop.');
    expect(look({ ...off, checks_moves: false }).shutdowns[0]?.reasons[0]?.text).toBe('It is not running.');
    expect(look({ vms: [], steps: [shutdown('x')] }).shutdowns[0]?.verdict).toBe('warning');
  });

  it('has no verdict on what will not run', () => {
    const skipped = shutdown('x', 'stop', { state: 'SKIPPED', status_message: 'Owner said no' });
    expect(look({ steps: [skipped] })).toMatchObject({
      verdict: null,
      shutdowns: [{ verdict: null, reasons: [], status_message: 'Owner said no', problem: 'skipped' }],
    });
  });
});

describe('the export of such a plan', () => {
  const parts = {
    hosts: [host('a', 60), host('b', 40)],
    vms: [vm('x', 'a'), vm('y', 'a'), vm('z', 'a')],
    steps: [
      shutdown('x'),
      shutdown('y', 'delete'),
      move('z', 'a', 'b', { state: 'SKIPPED', status_message: 'Action skipped by user. Reason: ticket 815' }),
    ],
  };

  it('lists them, and the reasons of what is skipped', () => {
    const text = toMarkdown(exportOf(parts));
    expect(text).toContain('## VMs taken out of service');
    expect(text).toMatch(/\| 1 \| .*x.* \| .*a.* \| stop \| warning \|/);
    expect(text).toMatch(/skipped \| .*ticket 815/);
    const csv = toCsv(exportOf(parts));
    expect(csv).toMatch(/,stop,.*warning,It is running/);
    expect(csv).toMatch(/skipped,Action skipped by user\. Reason: ticket 815/);
  });

  it('stops VMs but leaves deleting to people', () => {
    const lines = toCommands(exportOf(parts)).split('\n');
    expect(lines).toContain('openstack server stop x');
    expect(lines).toContain('# openstack server delete y');
    expect(lines).toContain('# Skipped by Watcher');
    expect(lines.join('\n')).toMatch(/# .*z: Action skipped by user\. Reason: ticket 815/);
  });

  it('lists other actions with their states and reasons', () => {
    const given = exportOf(parts);
    const action = {
      id: 's',
      type: 'change_nova_service_state',
      label: 'disable',
      state: 'SKIPPED',
      meaning: '',
      happened: null,
      target: 'a',
      detail: 'reason: watcher_maintaining',
      parents: [],
      status_message: 'already in state disabled',
    };
    const text = toMarkdown({ ...given, review: { ...given.review, waves: [[action]] } });
    expect(text).toContain('## Other actions');
    expect(text).toMatch(/SKIPPED \| already in state disabled/);
  });
});

describe('the review of moves on one release or another', () => {
  const text = (parts: Partial<Scene>) => {
    const { moves } = look({
      steps: [move('x', 'a', 'b')],
      hosts: [host('a', 60), host('b', 40), host('c', 5)],
      ...parts,
    });
    return [moves[0]?.verdict, moves[0]?.reasons.map((reason) => reason.text).join(' ')];
  };
  const elsewhere = { vms: [vm('x', 'c')] };

  it('says what Watcher does with a VM that left the source', () => {
    expect(text({ ...elsewhere, checks_moves: true })).toEqual([
      'warning',
      expect.stringMatching(/will skip the move/),
    ]);
    expect(text({ ...elsewhere, checks_moves: false })[1]).toMatch(/moves the VM from where it is/);
    expect(text({ ...elsewhere, checks_moves: null })[1]).toMatch(/from 2026\.1 on skips/);
  });

  it('says whether a paused VM can be moved live', () => {
    const paused = { vms: [vm('x', 'a', { status: 'PAUSED' })] };
    expect(text({ ...paused, checks_moves: true })[0]).toBe('would-fail');
    expect(text({ ...paused, checks_moves: null })[0]).toBe('warning');
    expect(text({ ...paused, checks_moves: false })[1]).not.toMatch(/paused/);
  });
});

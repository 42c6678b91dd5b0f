// @vitest-environment happy-dom
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { MINUTE_MS } from '@/lib/units';
import '@testing-library/jest-dom/vitest';
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { detail, drift, outcome } from './audit-samples';
import { NOW, readings, STALE } from './samples';
import { plain, showAudit } from './show-audit';

vi.mock('next/navigation', () => import('./next-navigation'));
vi.mock('react-chartjs-2', () => import('./canvases'));

// The review of the plan is requested separately and has tests of its own.
beforeEach(() => {
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response('', { status: 404 }));
});

afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
});

describe('the settings of an audit', () => {
  it('show what the audit was asked to do and what its state means', () => {
    const text = showAudit();
    for (const words of [
      'StateSUCCEEDED: Finished; what it proposes is in its action plan.',
      'Strategyworkload_stabilization',
      'Goalworkload_balancing',
      'TypeOne-shot',
      'Scopethe whole cluster',
      'WeightsCPU 1.0, RAM 0.5',
      'Plans startWhen an admin starts them',
      'Created02:20 UTC, 26 min ago',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('Next run');
  });

  it.each([
    ['600', 'Continuous, every 10 min'],
    ['*/5 * * * *', 'Continuous, at */5 * * * *'],
  ])('show an interval of %s as %s', (interval, words) => {
    const { audit } = detail();
    const continuous = { ...audit, type: 'CONTINUOUS', interval, next_run_at: NOW + 9 * MINUTE_MS, auto_trigger: true };
    const text = showAudit({ audit: continuous });
    expect(text).toContain(words);
    expect(text).toContain('Next run02:55 UTC');
    expect(text).toContain('Plans startAutomatically');
  });

  it('show a dash with a reason for what is missing', () => {
    const text = showAudit({ audit: { ...detail().audit, strategy: null, cpu_weight: null, ram_weight: null } });
    expect(text).toContain('Strategy– Watcher chooses one for the goal.');
    expect(text).toContain('Weights– The audit sets none.');
  });
});

describe('what to know about a plan before it is started', () => {
  it('stands above its settings', () => {
    const text = showAudit({ cautions: [{ code: 'starts-at-once', text: '17 moves start at once; and so on.' }] });
    expect(text).toContain('17 moves start at once; and so on.');
  });
});

describe('what a plan changes', () => {
  it('includes VMs that are taken out of service, with the load of the hosts', () => {
    const stop: AuditDetail['shutdowns'][number] = {
      action_id: 's1',
      state: 'PENDING',
      status_message: null,
      wave: 1,
      how: 'stop',
      vm_id: 's',
      vm_name: 'db-01',
      host: 'cmp-1',
      cpu_cores: 2,
      problem: null,
    };
    const text = showAudit({
      migrations: [],
      shutdowns: [stop],
      outcome: outcome({ moves: 0, moves_left: 0, shutdowns: 1 }),
    });
    expect(text).toContain('1 running VM taken out of service');
    expect(text).not.toContain('Nothing to move');
    expect(text).toContain('CPU per host');
  });

  const tiles = () =>
    [...screen.getByRole('region', { name: 'Outcome of the plan' }).children].map((tile) =>
      plain(tile.textContent).replace(/\s+/g, ' ').trim(),
    );

  it('is shown in five figures, now and after', () => {
    showAudit();
    expect(tiles()).toEqual([
      'CPU spread (σ)34.5 to 17.5 pts49% more even',
      'Hottest host89 to 61 %cmp-1',
      'Hosts at 85% or over1 to 00 warm',
      'RAM spread (σ)0.0 ptsNo change',
      'Work to do1 migration2 hosts, 8 GiB RAM',
    ]);
  });

  it('starts with the hosts that the plan empties, if it does', () => {
    showAudit({
      outcome: outcome({ emptied: { count: 2, hosts: ['cmp-1', 'cmp-2'], vms_left: 0, by: 'projection' } }),
    });
    expect(tiles()[0]).toBe('Hosts emptied2 of 2Can be powered off');
    expect(tiles()).toHaveLength(5);
  });

  it('shows unknown figures after the plan as unknown, not as unchanged', () => {
    const { cpu, ram } = outcome();
    const frozen = {
      ...cpu,
      spread: { now: 34.5, after: null },
      hottest: { ...cpu.hottest, after: null },
      hot: { now: 1, after: null },
    };
    showAudit({ outcome: outcome({ cpu: frozen, ram: { ...ram, spread: { now: null, after: null } } }) });
    expect(tiles()[0]).toBe('CPU spread (σ)34.5 ptsAfter the plan: unknown');
    expect(tiles()[3]).toBe('RAM spread (σ)–No host is measured');
  });

  it('shows what is left of a plan that is running', () => {
    showAudit({ outcome: outcome({ moves: 17, moves_left: 14, ram_to_copy: null }) });
    expect(tiles()[4]).toBe('Work to do14 of 17 migrations2 hosts, RAM –');
  });
});

describe('the drift since a plan was made', () => {
  it.each([
    [{ moved: [] }, 'Snapshot of 02:21 UTC, 25 min ago. No host has moved by more than 5 pts since.'],
    [{ moved: [{ host: 'a', before: 50, now: 60 }] }, '1 host moved by more than 5 pts since.'],
    [{ hosts_gone: ['x'] }, 'No host has moved by more than 5 pts since. 1 host has left the cluster since.'],
    [{ moved: null, reason: 'Can’t be compared.' }, 'Snapshot of 02:21 UTC, 25 min ago. Can’t be compared.'],
  ])('of %j reads "%s"', (changes, words) => expect(showAudit({ drift: drift(changes) })).toContain(words));

  it('marks a plan as old after a day of waiting', () => {
    expect(showAudit()).not.toContain('Old plan');
    cleanup();
    const { audit } = detail();
    if (!audit.plan) throw new Error('the sample has a plan');
    expect(
      showAudit({ audit: { ...audit, plan: { ...audit.plan, created_at: NOW - 25 * 60 * MINUTE_MS } } }),
    ).toContain('Old plan');
  });
});

describe('plans and other actions', () => {
  it('lists every plan with the meaning of its state, and marks the shown one', () => {
    const shown = detail().plans[0];
    if (!shown) throw new Error('the sample has a plan');
    const old = {
      ...shown,
      id: 'p0',
      state: 'FAILED',
      state_meaning: 'At least one action failed.',
      status_message: 'Two hosts are down.',
      actions: null,
      shown: false,
    };
    showAudit({ plans: [shown, old] });
    const list = screen.getByRole('region', { name: 'Plans of this audit' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => plain(item.textContent)),
    ).toEqual([
      '02:21 UTCRECOMMENDED: Waiting for approval. shown3 actions',
      '02:21 UTCFAILED: At least one action failed. Two hosts are down. actions not loaded',
    ]);
  });

  it('lists actions that move no VM by wave', () => {
    const action = {
      id: 'x9',
      type: 'change_nova_service_state',
      label: 'disable',
      state: 'PENDING',
      meaning: 'Not started.',
      happened: null,
      target: 'cmp-9',
      detail: 'state: disabled',
      parents: [],
      status_message: null,
    };
    const text = showAudit({ waves: [[{ ...action, id: 'm', type: 'migrate' }], [action]] });
    expect(text).toContain('Wave 2change_nova_service_state cmp-9, state: disabled (PENDING: Not started.)');
    expect(text).not.toContain('Wave 1');
  });
});

describe('old data', () => {
  it('names each part that is old, and its age', () => {
    const text = showAudit({ readings: readings({ load: STALE }) });
    expect(text).toContain(
      'CPU and RAM as of 02:41 UTC, 5 min old. Prometheus refused the connection. Since 02:42 UTC.',
    );
    expect(text).not.toContain('Audits as of');
  });
});

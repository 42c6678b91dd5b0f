// @vitest-environment happy-dom

import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { draftOf, settingsOf, titleOf } from '@/components/audit-form/draft';
import { Parameters } from '@/components/audit-form/parameters';
import { StartSwitch } from '@/components/audit-form/start-switch';
import { WillHappen } from '@/components/audit-form/will-happen';
import type { AuditSettings, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { fieldsOf } from '@/lib/domain/audit-form/fields';
import { specOf } from '@/lib/simulation/strategy-specs';

afterEach(cleanup);

/** The form of a new audit: what is filled in, and what is sent. */

const fieldsFor = (strategy: string) => fieldsOf(strategy, specOf(strategy, { watcherMinor: 7 }));
const settings = (strategy: string, more: Partial<AuditSettings> = {}): AuditSettings => ({
  name: 'x',
  strategy,
  type: 'ONESHOT',
  parameters: {},
  ...more,
});
const PROJECTS = [
  { id: 'p1', name: 'vault', domain: 'Default' },
  { id: 'p2', name: 'shop', domain: 'Default' },
  { id: 'p3', name: 'shop', domain: 'customers' },
];
const back = (given: AuditSettings) =>
  settingsOf(draftOf(given, fieldsFor(given.strategy)), fieldsFor(given.strategy), PROJECTS);

describe('a draft', () => {
  it('sends nothing that is at its default', () => {
    expect(back(settings('workload_stabilization'))).toEqual(settings('workload_stabilization'));
  });

  it('sends an object as a whole if a part of it differs: Watcher fills in no parts', () => {
    const fields = fieldsFor('workload_stabilization');
    const draft = draftOf(settings('workload_stabilization'), fields);
    draft.values['thresholds.instance_cpu_usage'] = '0.2';
    draft.values.retry_count = '3';
    expect(settingsOf(draft, fields, []).parameters).toEqual({
      thresholds: { instance_cpu_usage: 0.2, instance_ram_usage: 0.1 },
      retry_count: 3,
    });
  });

  it('takes over lists, hosts, switches and times as they were', () => {
    const given = settings('zone_migration', {
      type: 'CONTINUOUS',
      interval: '0 2 * * 1-5',
      parameters: {
        compute_nodes: [{ src_node: 'a' }, { src_node: 'b', dst_node: 'c' }],
        storage_pools: [
          { src_pool: 'h@lvm', src_type: 'hdd', dst_pool: 'h@ceph' },
          { src_pool: 'h@old', dst_type: 'ssd' },
        ],
        priority: { project: ['p1', 'p2'], compute: 'mem_size' },
        with_attached_volume: true,
      },
      scope: { zones: ['az-a'], without_vms: ['db', 'web'] },
      start_at: Date.parse('2030-01-02T03:04:00Z'),
      force: true,
    });
    expect(back(given)).toEqual({ ...given, start_at: '2030-01-02T03:04:00.000Z' });
  });

  it('sends projects by id, which may be given by name unless several have it', () => {
    const given = settings('workload_balance', { scope: { without_projects: ['vault', 'p3', 'shop', 'other'] } });
    expect(back(given).scope).toEqual({ without_projects: ['p1', 'p3', 'shop', 'other'] });
  });

  it('leaves text that is no number to the check, which says so', () => {
    const fields = fieldsFor('workload_balance');
    const draft = draftOf(settings('workload_balance'), fields);
    draft.values.threshold = 'high';
    expect(settingsOf(draft, fields, []).parameters).toEqual({ threshold: 'high' });
  });
});

describe('starting plans without asking', () => {
  it('is switched on only by typing the words', async () => {
    const onChange = vi.fn();
    render(<StartSwitch isOn={false} isOffered past={{ runs: 20, fewest: 0, most: 23 }} onChange={onChange} />);
    expect(screen.getByText(/The last 20 runs of this strategy here proposed 0 to 23 moves\./)).toBeVisible();
    const button = screen.getByRole('button', { name: 'Switch on' });
    expect(button).toBeDisabled();
    await userEvent.type(screen.getByRole('textbox'), 'without asking');
    await userEvent.click(button);
    expect(onChange).toHaveBeenCalledWith(true);
  });

  it('is not offered where it can’t be undone', () => {
    render(<StartSwitch isOn={false} isOffered={false} past={null} onChange={() => {}} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText(/Not offered for this strategy/)).toBeVisible();
  });
});

const titleFor = (field: string) => titleOf(field, fieldsFor('workload_stabilization'));

describe('parameters', () => {
  const show = (problems: { field: string; text: string }[]) => {
    const fields = fieldsFor('workload_stabilization');
    render(
      <Parameters
        fields={fields}
        values={draftOf(settings('workload_stabilization'), fields).values}
        hosts={[]}
        problemOf={(field) => problems.find((one) => one.field === field)?.text}
        problemOfAll={(field) => problems.find((one) => one.field === field)?.text}
        warningOf={() => undefined}
        factOf={() => undefined}
        onChange={() => {}}
      />,
    );
  };
  const invalid = () => screen.getAllByRole('textbox').filter((one) => one.getAttribute('aria-invalid') === 'true');

  it('have what is wrong at their own field only', () => {
    show([{ field: 'parameters.thresholds.instance_cpu_usage', text: 'Give a number from 0 to 1.' }]);
    expect(invalid()).toEqual([screen.getByLabelText('Act when the CPU spread is above')]);
  });

  it('are wrong in all fields of an object that is wrong as a whole', () => {
    show([{ field: 'parameters.thresholds', text: 'Give an object in JSON.' }]);
    expect(invalid()).toHaveLength(2);
  });

  it('are unfolded where something is wrong', () => {
    show([{ field: 'parameters.granularity', text: 'Give a number.' }]);
    expect(screen.getByLabelText('Between two measurements').closest('details')).toHaveAttribute('open');
  });

  it('have titles, also for parts of a list', () => {
    expect(titleFor('parameters.metrics.0')).toBe('What counts');
    expect(titleFor('interval')).toBe('How often');
    expect(titleFor('scope.zones')).toBeNull();
  });
});

describe('what will happen', () => {
  const CHECK: NewAuditCheck = {
    made_at: 0,
    problems: [],
    warnings: [],
    facts: [
      { field: null, tone: 'warn', text: 'Would act now: the spread of CPU is 0.246.' },
      { field: 'parameters.threshold', tone: 'info', text: 'Now: 60% at most.' },
    ],
    will: ['Once, now, Watcher looks at 2 hosts and 5 VMs.', 'You decide on each plan.'],
    covers: { hosts: ['a', 'b'], others: ['c'], vms: 5, staying: 0 },
    spread: 0.246,
    next_runs: [],
    every: null,
  };

  it('is said in a sentence, with a mark for each host', () => {
    render(
      <WillHappen check={CHECK} isOld={false} titleOf={titleFor}>
        {null}
      </WillHappen>,
    );
    expect(screen.getByText(/looks at 2 hosts and 5 VMs/)).toBeVisible();
    expect(screen.getByRole('img', { name: 'Looks at 2 of 3 hosts' })).toBeVisible();
    expect(screen.getByText('Would act now: the spread of CPU is 0.246.')).toBeVisible();
    expect(screen.queryByText('Now: 60% at most.')).toBeNull();
  });

  it('says how many settings need a change', () => {
    const problems = [{ field: 'name', text: 'Give it a name.' }];
    render(
      <WillHappen check={{ ...CHECK, problems }} isOld={false} titleOf={titleFor}>
        {null}
      </WillHappen>,
    );
    expect(screen.getByText('1 setting needs a change. Name: Give it a name.')).toBeVisible();
  });
});

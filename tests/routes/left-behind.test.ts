import { describe, expect, it, vi } from 'vitest';
import type { Migration } from '@/lib/contract/v1/audits';
import type { Delivered } from '@/lib/contract/v1/delivered';
import { runDoctor } from '@/lib/dashboard/collect/examination';
import { serveMetrics } from '@/lib/dashboard/http/metrics';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { ask, servedCloud } from './served-cloud';

/** A plan that was cancelled while it ran, and whose moves Nova finished all the same. */

const served = servedCloud({ hosts: 4, servers: 60, audits: 40 });
const AUDIT = 'cancelled-half-way';

async function moves() {
  const { body } = await ask('audit', { params: { id: AUDIT } });
  const migrations: Migration[] = body.migrations;
  return migrations.map(({ state, happened }) => [state, happened?.result, happened?.differs]);
}

const review = async () => (await ask('planReview', { params: { id: AUDIT, plan: 'newest' } })).body;

describe('a plan that Watcher left behind', () => {
  it('has moved what Nova moved, and both words are shown', async () => {
    expect(await moves()).toEqual([
      ['SUCCEEDED', 'moved', false],
      ['FAILED', 'moved', true],
      ['ONGOING', 'moved', true],
      ['ONGOING', 'moved', true],
      ['PENDING', 'never-started', false],
      ['PENDING', 'never-started', false],
    ]);
    const { plan, waves, result } = await review();
    expect(plan.outcome).toBe('4 of 6 actions done, 3 of them although Watcher does not say so, 2 never started.');
    expect(plan.explanation.evidence.join(' ')).toContain('Nova finished 3 moves that Watcher does not count as done');
    expect(waves[1][0].meaning).toMatch(/^Watcher says ONGOING; Nova finished it at .* UTC\.$/);
    // Nothing of it is to come.
    expect(result.totals.moves_left).toBe(0);
    expect(result.verdict).toBeNull();
  });

  it('is measured by what Nova moved, and not blamed for what somebody moved by hand', async () => {
    // The first reading of the past may take longer than an answer waits for it.
    const delivered = await vi.waitFor(
      async () => {
        const found: Delivered = (await review()).delivered;
        expect(found.hosts).toHaveLength(2);
        return found;
      },
      { timeout: 25_000 },
    );
    expect(delivered).toMatchObject({ moves_done: 4, moves_total: 6, moves_only_nova: 3, unchecked: null });
    const disturbed = delivered.hosts.filter((host) => host.disturbed);
    expect(disturbed).toHaveLength(1);
    expect(disturbed[0]?.disturbances).toEqual([expect.stringMatching(/live migration from .*, not by this plan/)]);
    // The source lost four VMs, and nothing else happened to it.
    const source = delivered.hosts.find((host) => !host.disturbed);
    expect(Math.abs(source?.change_error ?? 99)).toBeLessThan(10);
  });

  it('is counted as Nova has it in the metrics', async () => {
    await ask('auditList');
    const text = await (await serveMetrics(new Request('http://visio.test/api/metrics/'))).text();
    const value = (name: string, label = '') =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name}{`) && line.includes(label))
          ?.split(' ')
          .at(-1),
      );
    expect(value('watcher_visio_moves_contradicted')).toBeGreaterThanOrEqual(3);
    expect(value('watcher_visio_moves', 'end="done"')).toBeGreaterThanOrEqual(4);
    expect(value('watcher_visio_moves', 'end="never_started"')).toBeGreaterThanOrEqual(2);
  });

  it('is judged by where the VMs are if Nova does not list its migrations, and the doctor says so', async () => {
    served.simulation.setFault('nova', { status: 403, only: 'os-migrations' });
    const { delivered, plan } = await review();
    expect(plan.outcome).toContain('4 of 6 actions done');
    expect(delivered.unchecked).toContain('Nova denied access to os-migrations');
    const doctor = await runDoctor(defaultRegion().id);
    expect(doctor.checks.find(({ id }) => id === 'migrations')).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('os_compute_api:os-migrations:index'),
    });
    // Nova's hosts and VMs are as known as before.
    expect((await ask('stats')).response.headers.get('x-data-state')).not.toBe('partial');
  });
});

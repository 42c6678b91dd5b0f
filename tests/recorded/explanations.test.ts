import { describe, expect, it } from 'vitest';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { PlanEntry } from '@/lib/contract/v1/plans';
import type { PlanReview } from '@/lib/contract/v1/review';
import { ask } from '../routes/served-cloud';
import { type RecordedRelease, recordedCloud } from './replay';

/** What the product says about the states that were explained wrongly on new releases, and about others of their kind. */

const planOf = async (id: string): Promise<PlanEntry> => (await ask('auditPlans', { params: { id } })).body.plans[0];
const explanationOf = async (id: string) => (await ask('auditPlans', { params: { id } })).body.explanation;
const detailOf = async (id: string): Promise<AuditDetail> => (await ask('audit', { params: { id } })).body;
const reviewOf = async (id: string): Promise<PlanReview> =>
  (await ask('planReview', { params: { id, plan: 'newest' } })).body;
const matching = (text: RegExp) => expect.stringMatching(text);

describe('2026.2', () => {
  recordedCloud('2026.2');

  it('calls a plan with skipped actions neither done nor failed', async () => {
    const some = await planOf('skipped-by-watcher');
    expect(some.state_meaning).toBe('No action failed; 2 of 3 actions were skipped.');
    expect(some.explanation).toMatchObject({ code: 'actions-skipped', certain: true });
    expect((await planOf('rw-skip-all-1795841785')).explanation?.cause).toMatch(/All its actions were skipped/);
  });

  it('gives the reason of a skipped migration', async () => {
    const skipped = (await detailOf('skipped-by-hand')).migrations.filter(({ state }) => state === 'SKIPPED');
    expect(skipped.map(({ status_message: message }) => message)).toContainEqual(matching(/ticket 815$/));
    const { migrations } = await detailOf('skipped-by-watcher');
    expect(migrations.map(({ status_message: message }) => message)).toContainEqual(
      matching(/is not running on source node compute-4 \(currently on compute-2\)/),
    );
  });

  it('says that a failed action did not stop the others', async () => {
    const { explanation } = await planOf('one-fails-the-others-run');
    expect(explanation).toMatchObject({ code: 'plan-failed', cause: matching(/went on with the others/) });
    expect(explanation?.next).toMatch(/Nothing is left to run/);
  });

  it('shows what stopping the VMs of a host does to it', async () => {
    const { outcome, projection, shutdowns } = await detailOf('maintain-stop-only');
    expect(shutdowns).toHaveLength(9);
    expect(outcome).toMatchObject({ moves: 0, shutdowns: 9 });
    expect(outcome?.emptied).toMatchObject({ count: 1, hosts: ['compute-2'] });
    const drained = projection?.hosts.find(({ host }) => host === 'compute-2');
    expect(drained?.cpu_after).toBeLessThan(drained?.cpu_now ?? 0);
    const { result } = await reviewOf('maintain-stop-only');
    expect(result.verdict).toBe('warning');
    expect(result.shutdowns.every(({ verdict }) => verdict === 'warning')).toBe(true);
    expect(result.totals.emptied.hosts).toEqual(['compute-2']);
  });

  it('says when a continuous audit runs first, or that it was over before', async () => {
    expect(await explanationOf('cron-hourly')).toMatchObject({
      code: 'starts-later',
      certain: true,
      evidence: expect.arrayContaining([matching(/2026-11-29 03:00 UTC/), matching(/on controller/)]),
    });
    expect(await explanationOf('continuous-starts-tomorrow')).toMatchObject({ code: 'starts-later' });
    expect(await explanationOf('continuous-already-over')).toMatchObject({
      code: 'ended',
      cause: matching(/never ran/),
    });
  });

  it('says that a call of a webhook may have been dropped', async () => {
    expect(await explanationOf('event-without-force')).toMatchObject({
      code: 'waits-for-event',
      certain: false,
      cause: matching(/dropped it/),
      evidence: expect.arrayContaining([matching(/long-plan was running/)]),
    });
  });

  it('does not guess who cancelled an audit', async () => {
    const found = await explanationOf('rw-hook-1795841785');
    expect(found).toMatchObject({ code: 'cancelled', certain: true, cause: matching(/does not record by whom/) });
    expect(JSON.stringify(found)).not.toMatch(/no other plan/);
  });

  it.each(['noisy-neighbor-without-metrics', 'too-hot-without-metrics', 'airflow-without-metrics'])(
    'says that the strategy of %s can’t work on Prometheus',
    async (audit) => {
      expect(await explanationOf(audit)).toMatchObject({
        code: 'strategy-lacks',
        certain: false,
        cause: matching(/Prometheus or Aetos/),
      });
    },
  );

  it('says what can be known of a plan that was being cancelled when its last action ended', async () => {
    const { state, state_meaning: meaning } = await planOf('rw-cancel-last-1795841785');
    expect([state, meaning]).toEqual(['SUCCEEDED', 'All its actions were done.']);
  });

  it('says that a plan was stopped while it ran', async () => {
    expect(await planOf('move-many-then-cancel')).toMatchObject({
      state_meaning: 'Stopped while it ran.',
      outcome: '4 of 6 actions done, 2 cancelled.',
    });
  });

  it('knows that Watcher skips a move whose VM has left', async () => {
    const { scene } = await reviewOf('consolidate-vms');
    expect(scene.checks_moves).toBe(true);
  });
});

const OLD: RecordedRelease[] = ['zed', '2025.1'];

describe.each(OLD)('%s', (release) => {
  recordedCloud(release);

  it('judges a plan by its actions, not by its success', async () => {
    expect(await planOf('unknown-guest')).toMatchObject({
      state: 'SUCCEEDED',
      state_meaning: 'Watcher reports success, but 1 of 2 actions failed.',
      explanation: { code: 'succeeded-with-failures', certain: true },
    });
  });

  it('says that a cancelled plan left actions behind', async () => {
    const { explanation, state_meaning: meaning } = await planOf('move-many-then-cancel');
    expect(meaning).toBe('It was interrupted; none of its actions failed.');
    expect(explanation).toMatchObject({ code: 'left-behind', certain: false, cause: matching(/in this release/) });
  });

  it('knows that Watcher does not look where a VM is before it moves it', async () => {
    expect((await reviewOf('consolidate-vms')).scene.checks_moves).toBe(false);
  });

  it('knows that another plan was the reason to cancel an audit', async () => {
    expect(await explanationOf('while-a-plan-runs')).toMatchObject({ code: 'another-plan-ran', certain: true });
  });
});

describe('2025.1', () => {
  recordedCloud('2025.1');

  it.each(['empty-zone-no-destination', 'stop-waiting'])('says that %s left a plan without actions', async (audit) => {
    expect(await planOf(audit)).toMatchObject({
      state: 'RECOMMENDED',
      state_meaning: 'It has no actions, so there is nothing to approve.',
      explanation: { code: 'left-over', certain: true },
    });
  });

  it('names what the release lacks', async () => {
    const evidence = async (audit: string) => (await explanationOf(audit)).evidence.join(' ');
    expect(await evidence('empty-zone-no-destination')).toMatch(/have no dst_node/);
    expect(await evidence('stop-waiting')).toMatch(/include stop, which Watcher 2025\.1 or older does not have/);
  });
});

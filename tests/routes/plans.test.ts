import { describe, expect, it, vi } from 'vitest';
import type { ListedPlan, PlanList } from '@/lib/contract/v1/plan-list';
import { servePlansCsv } from '@/lib/dashboard/http/plans-csv';
import { readCsv } from '../properties/read-csv';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });

const list = async (query = ''): Promise<PlanList> => (await ask('plans', { query })).body;
const named = ({ plans }: PlanList, name: string): ListedPlan => {
  const found = plans.find(({ audit_name: audit }) => audit === name);
  if (!found) throw new Error(`no plan of ${name}`);
  return found;
};
const names = ({ plans }: PlanList) => plans.map(({ audit_name: audit }) => audit);

describe('the list of plans', () => {
  it('has running plans, then waiting ones by rank, then ended ones', async () => {
    const all = await list();
    const order = all.plans.map(({ part }) => part);
    expect([...new Set(order)]).toEqual(['running', 'waiting', 'done', 'unchanged']);
    expect(order).toEqual(
      ['running', 'waiting', 'done', 'unchanged'].flatMap((part) => order.filter((one) => one === part)),
    );
    expect(names(all).slice(0, 3)).toEqual(['by-hand', 'being-stopped', 'just-started']);
    const ranks = all.plans.flatMap(({ worth }) => worth?.rank ?? []);
    expect(ranks).toEqual(ranks.map((_, at) => at + 1));
    expect(named(all, 'by-hand').progress).toMatchObject({ actions: 8, done: 2, failed: 0 });
  });

  it('ranks the plan first that cools the hot hosts, and names it as the best', async () => {
    const all = await list();
    const best = named(all, 'stabilize-production');
    expect(best.worth).toMatchObject({ rank: 1, group: 'worth-doing' });
    expect(best.worth?.cooled.length).toBeGreaterThan(0);
    expect(all.best_plan_id).toBe(best.plan_id);
    expect(named(all, 'half-outdated').worth).toMatchObject({ group: 'not-as-it-stands' });
  });

  it('has the figures of the review of each plan', async () => {
    const { plans } = await list('?show=waiting');
    expect(plans.length).toBeGreaterThan(8);
    for (const { audit_id: id, plan_id: plan, audit_name: audit, worth } of plans) {
      const { result } = (await ask('planReview', { params: { id, plan } })).body;
      expect(worth?.counts, audit).toEqual(result.counts);
      expect(worth?.verdict, audit).toBe(result.verdict);
      expect(worth?.cpu.spread.now, audit).toBe(result.now.cpu.spread);
      if (result.counts['would-fail'] > 0) continue;
      expect(worth?.cpu.spread.after, audit).toBe(result.after.cpu.spread);
      expect(worth?.ram_to_copy, audit).toBe(result.totals.ram_to_copy);
      expect(worth?.moves, audit).toBe(result.totals.moves_left);
    }
  });

  it('counts the next run of a repeating audit as the end of its plan', async () => {
    const { plans } = await list('?q=balance-every&show=waiting');
    expect(plans).toMatchObject([{ audit_name: 'balance-every-10-min', expires_by: 'next-run', interval: '600' }]);
    const [{ expires_at: at, created_at: made } = { expires_at: null, created_at: 0 }] = plans;
    expect(Date.parse(String(at)) - Date.parse(String(made))).toBe(10 * 60_000);
  });

  it('has what was delivered of plans that ran', async () => {
    // Nobody waits long for the load before and after a run.
    const done = await vi.waitFor(
      async () => {
        const found = await list('?show=done');
        expect(named(found, 'stabilize-yesterday').result?.measured).toBe('measured');
        return found;
      },
      { timeout: 30_000, interval: 200 },
    );
    expect(done.total).toBe(done.counts.done);
    const { result } = named(done, 'stabilize-yesterday');
    expect(result).toMatchObject({ moves: 4, moved: 4 });
    expect(Object.keys(result?.spread ?? {})).toEqual(['made', 'promised', 'before', 'after']);
    if (result?.kept === null) expect(result.reason).not.toBeNull();
    expect(named(done, 'stopped-half-way').result).toMatchObject({ moves: 4, moved: 1 });
  });

  it('filters by name, host, VM, state, goal and strategy, and counts what each part would have', async () => {
    expect(names(await list('?q=stabilize-pro'))).toEqual(['stabilize-production']);
    expect(names(await list('?plan_state=ongoing'))).toEqual(['by-hand']);
    expect(names(await list('?goal=cluster_maintaining&show=waiting')).every((name) => /of-cmp/.test(name))).toBe(true);
    const noisy = await list('?strategy=noisy_neighbor');
    expect(names(noisy)).toEqual(['noisy-neighbours']);
    const [move] = (await ask('audit', { params: { id: 'noisy-neighbours' } })).body.migrations;
    expect(names(await list(`?q=${move.vm_name.toUpperCase()}`))).toContain('noisy-neighbours');
    expect(names(await list(`?q=${move.source}`))).toContain('noisy-neighbours');
    expect(noisy.counts).toEqual({ running: 0, waiting: 1, done: 0, unchanged: 0 });
    expect((await list('?show=running&strategy=noisy_neighbor')).total).toBe(0);
  });

  it('keeps the ranks of all plans on every page', async () => {
    const { plans, total } = await list('?show=waiting&limit=3&offset=3');
    expect(plans.map(({ worth }) => worth?.rank)).toEqual([4, 5, 6]);
    expect(total).toBeGreaterThan(6);
  });

  it('says why nothing is known about what plans bring without Nova, and ranks none of them best', async () => {
    served.simulation.setFault('nova', { status: 500 });
    const { plans, best_plan_id: best } = await list('?show=waiting');
    expect(best).toBeNull();
    for (const { worth, worth_reason: reason } of plans) {
      expect(worth).toBeNull();
      expect(reason).toContain('Nova');
    }
  });
});

describe('GET /plans.csv', () => {
  it('has the plans of the page, in the same order', async () => {
    const response = await servePlansCsv(new Request('http://visio.test/plans.csv?show=waiting'));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="plans-\d{8}-\d{4}Z\.csv"$/);
    const [header = [], ...rows] = readCsv(await response.text());
    const found = rows.map((row) => row[header.indexOf('audit')]);
    expect(found).toEqual(names(await list('?show=waiting')));
    expect(rows[0]?.[header.indexOf('rank')]).toBe('1');
  });

  it('refuses wrong parameters', async () => {
    const response = await servePlansCsv(new Request('http://visio.test/plans.csv?show=all'));
    expect([response.status, (await response.json()).parameter]).toEqual([400, 'show']);
  });
});

import { describe, expect, it } from 'vitest';
import { serveMetrics } from '@/lib/dashboard/http/metrics';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 6, servers: 40, audits: 12 });

async function scrape(): Promise<Map<string, number>> {
  const text = await (await serveMetrics(new Request('http://visio.test/api/metrics/'))).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  // The only region here is that of the variables; other tests look at several.
  const nameOf = (line: string) =>
    line
      .replace(/ \S+$/, '')
      .replace(/,?region="envvars",?|\{region="envvars"\}/, '')
      .replace('{}', '');
  return new Map(lines.map((line) => [nameOf(line), Number(line.split(' ').at(-1))]));
}

const countOf = (records: { state: string }[], state: string) =>
  records.filter((record) => record.state === state).length;

describe('GET /api/metrics/', () => {
  it('counts audits and plans by state as Watcher has them', async () => {
    const metrics = await scrape();
    const { audits, plans } = served.simulation.cloud;
    expect(countOf(plans, 'RECOMMENDED')).toBeGreaterThan(0);
    for (const state of ['RECOMMENDED', 'SUCCEEDED', 'FAILED']) {
      expect(metrics.get(`watcher_visio_action_plans{state="${state}"}`) ?? 0).toBe(countOf(plans, state));
    }
    expect(metrics.get('watcher_visio_audits{state="SUCCEEDED"}')).toBe(countOf(audits, 'SUCCEEDED'));
    expect(metrics.get('watcher_visio_action_plan_oldest_waiting_seconds')).toBeGreaterThan(0);
  });

  it('counts as waiting what the list of plans and the doctor do, without plans whose audit is archived', async () => {
    const metrics = await scrape();
    const { counts } = (await ask('plans')).body;
    const recommended = countOf(served.simulation.cloud.plans, 'RECOMMENDED');
    expect(counts.waiting).toBe(recommended - 1);
    expect(metrics.get('watcher_visio_action_plans_waiting')).toBe(counts.waiting);
    const { checks } = (await ask('doctor')).body;
    expect(checks.find(({ id }: { id: string }) => id === 'watcher-api').evidence).toContain(
      `, ${counts.waiting} waiting for a decision, and 1 whose audit is archived.`,
    );
  });

  it('scores how evenly CPU is spread, now and after the newest waiting plan', async () => {
    const metrics = await scrape();
    for (const when of ['now', 'after']) {
      const score = metrics.get(`watcher_visio_balance_score{when="${when}"}`) ?? Number.NaN;
      expect(score >= 0 && score <= 100, when).toBe(true);
    }
    const { audits } = (await ask('auditList')).body;
    const newest = audits.find(({ plan }: { plan: { state: string } | null }) => plan?.state === 'RECOMMENDED');
    const { result } = (await ask('planReview', { params: { id: newest.id, plan: 'newest' } })).body;
    expect(metrics.get('watcher_visio_balance_score{when="now"}')).toBeCloseTo(result.now.cpu.score, 0);
    expect(metrics.get('watcher_visio_balance_score{when="after"}')).toBeCloseTo(result.after.cpu.score, 0);
  });

  it('reports on this service: readings, their age, requests to each source', async () => {
    const metrics = await scrape();
    expect(metrics.get('watcher_visio_reading_up{reading="inventory"}')).toBe(1);
    expect(metrics.get('watcher_visio_reading_age_seconds{reading="load"}')).toBeLessThan(10);
    expect(metrics.get('watcher_visio_refreshes_total{reading="optimizer",result="ok"}')).toBeGreaterThan(0);
    expect(metrics.get('watcher_visio_upstream_requests_total{source="keystone",outcome="201"}')).toBe(1);
    const hosts = ['normal', 'warm', 'hot', 'unknown'].map((level) =>
      metrics.get(`watcher_visio_hosts{level="${level}"}`),
    );
    expect(hosts.reduce((sum: number, count) => sum + (count ?? 0), 0)).toBe(6);
  });

  it('has what somebody on duty should be told, as the pages have it', async () => {
    const [first] = served.simulation.cloud.hosts;
    if (!first) throw new Error('no host');
    first.enabled = false;
    const metrics = await scrape();
    const { audits } = (await ask('repeatingAudits')).body;
    const standing = (word: string) => audits.filter((audit: { standing: string }) => audit.standing === word).length;
    for (const word of ['runs', 'dead', 'suspended']) {
      expect(metrics.get(`watcher_visio_repeating_audits{standing="${word}"}`)).toBe(standing(word));
    }
    const { hosts } = (await ask('hosts', { query: '?show=out-of-service' })).body;
    const out = [...metrics].filter(([name]) => name.startsWith('watcher_visio_hosts_out_of_service'));
    expect(out.reduce((sum, [, value]) => sum + value, 0)).toBe(hosts.length);
    expect(hosts).toHaveLength(1);
    const { plans, groups } = (await ask('plans')).body;
    expect(metrics.get('watcher_visio_action_plans_worth_doing')).toBe(groups.worth_doing);
    const [best] = plans.filter(({ worth }: { worth: { rank: number } | null }) => worth?.rank === 1);
    const { now, after } = best.worth.cpu.spread;
    expect(metrics.get('watcher_visio_best_plan_spread_removed_points')).toBeCloseTo(now - after, 0);
    const { forecasts } = (await ask('forecast')).body;
    const [ram] = forecasts.filter(({ resource }: { resource: string }) => resource === 'ram');
    expect(metrics.get(`watcher_visio_days_to_full{zone="${ram.zone}",resource="ram",when="earliest"}`)).toBe(
      ram.days_soonest,
    );
  });

  it('has how many more VMs fit, and which zones can’t lose a host, as the page has it', async () => {
    const metrics = await scrape();
    const { flavors, stranded } = (await ask('capacity')).body;
    expect(metrics.get('watcher_visio_stranded_vcpus')).toBe(stranded.vcpu_without_ram.amount);
    expect(metrics.get('watcher_visio_stranded_ram_bytes')).toBe(stranded.ram_without_vcpu.amount);
    for (const { name, zones } of flavors)
      for (const { zone, slots } of zones)
        expect(metrics.get(`watcher_visio_slots{flavor="${name}",zone="${zone}"}`), name).toBe(slots);
    const { zones } = (await ask('hostFailures')).body;
    for (const { zone, hosts_with_unplaced: hosts, tightest, survives } of zones) {
      expect(metrics.get(`watcher_visio_hosts_without_substitute{zone="${zone}"}`)).toBe(hosts);
      expect(metrics.get(`watcher_visio_hosts_may_fail{zone="${zone}"}`)).toBe(survives);
      expect(metrics.get(`watcher_visio_vms_without_place{zone="${zone}"}`)).toBe(tightest.unplaced);
    }
  });

  it('omits unknown values and reports which reading fails', async () => {
    served.simulation.setFault('watcher', { status: 500 });
    const metrics = await scrape();
    expect([...metrics.keys()].filter((name) => name.startsWith('watcher_visio_audits'))).toEqual([]);
    expect(metrics.get('watcher_visio_reading_up{reading="optimizer"}')).toBe(0);
    expect(metrics.has('watcher_visio_reading_age_seconds{reading="optimizer"}')).toBe(false);
    expect(metrics.get('watcher_visio_upstream_requests_total{source="watcher",outcome="500"}')).toBeGreaterThan(0);
  });
});

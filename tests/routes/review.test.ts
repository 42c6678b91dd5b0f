import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 12, servers: 120 });

type Move = {
  key: string;
  vm_name: string;
  verdict: string | null;
  destination: string | null;
  reasons: { check: string; text: string }[];
};

const plansOf = async (id: string) => (await ask('auditPlans', { params: { id } })).body;
async function reviewOf(id: string, query = '', plan = 'newest') {
  const { body, response } = await ask('planReview', { query, params: { id, plan } });
  expect(response.status).toBe(200);
  return body;
}

describe('the plans of an audit', () => {
  it('are listed newest first, with their expiry and what replaced them', async () => {
    const { plans, series, explanation } = await plansOf('balance-every-10-min');
    expect(plans.map(({ state }: { state: string }) => state)).toEqual([
      'RECOMMENDED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
    ]);
    const [newest, before] = plans;
    expect(Date.parse(newest.expires_at) - Date.parse(newest.created_at)).toBe(24 * 3_600_000);
    expect(before.replaced_by).toEqual({ id: newest.id, created_at: newest.created_at });
    expect(before.explanation).toMatchObject({ code: 'replaced', certain: true });
    expect(series).toMatchObject({ runs: 4, interval: '600', last_run_at: newest.created_at, executed: 0 });
    expect(explanation).toBeNull();
  });

  it.each([
    ['nothing-to-do', 'nothing-to-do'],
    ['stopped-by-another-plan', 'another-plan-ran'],
    ['saving-energy', 'strategy-lacks'],
    ['maintenance-of-a-typo', 'parameters'],
    ['failed-in-silence', 'failed-silent'],
    ['every-hour-once', 'continuous-dead'],
    ['on-webhook', 'waits-for-event'],
    ['paused', 'suspended'],
    ['stabilize-production', undefined],
  ])('come with an explanation for %s: %s', async (audit, code) => {
    expect((await plansOf(audit)).explanation?.code).toBe(code);
  });

  it('answer 404 for an unknown audit', async () => {
    const { response } = await ask('auditPlans', { params: { id: 'nothing' } });
    expect(response.status).toBe(404);
  });
});

describe('the review of a plan', () => {
  it('has the moves in order of worth, and agrees with the variant that leaves out the last of them', async () => {
    const { trim, result } = await reviewOf('stabilize-production');
    expect(trim).toMatchObject({ by: 'spread', weights: { cpu: 1, ram: 0.5 }, reason: null });
    expect(trim.points.at(-1).hottest.percentage).toBe(result.after.cpu.highest.percentage);
    const [first, ...others] = trim.moves;
    const off = others.flatMap(({ numbers }: { numbers: number[] }) => numbers);
    const one = await reviewOf('stabilize-production', `?off=${off.join('.')}&k=1`);
    expect(one.result.left_out).toHaveLength(off.length);
    expect(one.result.totals.moves_left).toBe(first.numbers.length);
    expect(one.result.after.cpu.highest.percentage).toBe(trim.points[1].hottest.percentage);
    expect(one.trim.moves).toEqual(trim.moves);
  });

  it('has a verdict on every move, a score now and after, and the scene to compute both from', async () => {
    const { result, scene, waves, plan } = await reviewOf('stabilize-production');
    expect(result.moves).toHaveLength(plan.migrations);
    expect(result.moves.map(({ verdict }: Move) => verdict)).not.toContain(null);
    const { ok, unchecked, warning, 'would-fail': fails } = result.counts;
    expect(ok + unchecked + warning + fails).toBe(plan.migrations);
    expect(result.now.cpu.score).toBeLessThan(result.after.cpu.score);
    expect(scene.unchecked).toEqual([]);
    expect(scene.hosts).toHaveLength(12);
    expect(scene.hosts[0].cpu_peak).toBeGreaterThan(0);
    expect(waves.flat()).toHaveLength(plan.action_counts.total);
  });

  it('explains what is wrong with each outdated move', async () => {
    const { result } = await reviewOf('half-outdated');
    const texts = result.moves.flatMap(({ reasons }: Move) => reasons.map(({ text }) => text)).join('\n');
    expect(texts).toContain('The VM is gone');
    expect(texts).toContain('Nova refuses to move a VM to the host');
    expect(texts).toContain('cmp-that-left');
    expect(result.verdict).toBe('would-fail');
    expect(result.totals).toMatchObject({ gone: 1 });
  });

  it('predicts what Nova would reject', async () => {
    const { result } = await reviewOf('what-nova-refuses');
    const checks = result.moves.map(({ verdict, reasons }: Move) => [verdict, reasons[0]?.check]);
    for (const one of [
      ['would-fail', 'destination'],
      ['would-fail', 'vm'],
      ['would-fail', 'group'],
    ]) {
      expect(checks).toContainEqual(one);
    }
    const texts = result.moves.flatMap(({ reasons }: Move) => reasons.map(({ text }) => text)).join('\n');
    expect(texts).toContain('is disabled: DIMM replacement');
    expect(texts).toContain('does not recognise as a host');
  });

  it('follows a variant: moves left out, another destination, a host emptied', async () => {
    const plain = await reviewOf('stabilize-production');
    const [first, second] = plain.result.moves;
    const host = plain.scene.hosts.find(
      ({ name, state, status }: { name: string; state: string; status: string }) =>
        state === 'up' && status === 'enabled' && ![second.source, second.destination].includes(name),
    ).name;
    const query = `?off=1&to=2~${host}&empty=${first.source}`;
    const { result } = await reviewOf('stabilize-production', query);
    expect(result.moves[0]).toMatchObject({ change: 'left-out', verdict: null });
    expect(result.moves[1]).toMatchObject({ change: 'other-destination', destination: host });
    const empty = result.hosts.find(({ host: name }: { host: string }) => name === first.source);
    const added = result.moves.filter(({ change }: { change: string }) => change === 'added');
    expect(added.length).toBeGreaterThan(0);
    expect(empty.vram_after).toBe(0);
    expect(empty.cpu_after).toBeGreaterThanOrEqual(0);
    expect(new Set(added.map(({ destination }: { destination: string }) => destination)).size).toBeGreaterThan(1);
    const { result: kept } = await reviewOf('stabilize-production', `${query}&stay=${added[0].key}`);
    expect(kept.moves.find(({ key }: { key: string }) => key === added[0].key)).toMatchObject({ change: 'left-out' });
  });

  it('takes the numbers of its exports', async () => {
    const params = { id: 'stabilize-production', plan: 'newest' };
    const { body } = await ask('planExport', { params });
    const [number, , , , vm] = body.csv.split('\r\n')[2].split(',');
    expect(number).toBe('2');
    const { result } = await reviewOf('stabilize-production', `?off=${number}`);
    const out = result.moves.filter(({ change }: { change: string }) => change === 'left-out');
    expect(out.map(({ key, vm_id }: { key: string; vm_id: string }) => [key, vm_id])).toEqual([[number, vm]]);
    expect(body.markdown).toMatch(/\n- Link: `\/audits\/[0-9a-f-]+\/plans\/[0-9a-f-]+\/`\n/);
  });

  it.each([
    ['off=garbage', '“garbage” is not a move'],
    ['off=99999', 'this plan has moves 1 to '],
    ['off=0', 'there is no move 0'],
    ['to=zzz', 'such as 6~cmp-4'],
    ['empty=nowhere', 'there is no host “nowhere”'],
    ['stay=x', 'no host is'],
    ['empty=cmp-r01-01&stay=x', 'no VM “x” is on a host that is emptied'],
  ])('refuses ?%s, since it means nothing for the plan', async (query, why) => {
    for (const name of ['planReview', 'planExport'] as const) {
      const { response, body } = await ask(name, {
        query: `?${query}`,
        params: { id: 'stabilize-production', plan: 'newest' },
      });
      const parameter = query.includes('stay') ? 'stay' : query.slice(0, query.indexOf('='));
      expect([response.status, body.parameter]).toEqual([400, parameter]);
      expect(body.detail).toContain(`The parameter ${parameter} is invalid: `);
      expect(body.detail).toContain(why);
    }
  });

  it('fails every move off a host that is down, spread over the others, and exports no command for it', async () => {
    served.serve({ hosts: 24, servers: 400 });
    // The first example that people try works in the demo.
    const example = /plans\/newest\/review\/(\?[^']+)'/.exec(await readFile('docs/api.md', 'utf8'))?.[1] ?? '';
    const { result: whatIf } = await reviewOf('stabilize-production', example);
    const changes = whatIf.moves.map(({ change }: { change: string }) => change);
    expect(changes.slice(0, 3)).toEqual(['left-out', 'left-out', 'none']);
    expect(changes).toContain('added');

    const { scene } = await reviewOf('stabilize-production');
    const down = scene.hosts.find(({ state, vms }: { state: string; vms: number }) => state === 'down' && vms > 0);
    const { result } = await reviewOf('stabilize-production', `?empty=${down.name}`);
    const added = result.moves.filter(({ change }: { change: string }) => change === 'added');
    expect(added).toHaveLength(down.vms);
    for (const { verdict, reasons } of added) {
      expect(verdict).toBe('would-fail');
      expect(reasons.map(({ text }: { text: string }) => text).join()).toContain('can only be evacuated');
    }
    const places = added.map(({ destination }: { destination: string }) => destination);
    expect(new Set(places).size).toBeGreaterThan(3);
    const { body } = await ask('planExport', {
      query: `?empty=${down.name}`,
      params: { id: 'stabilize-production', plan: 'newest' },
    });
    for (const { vm_id } of added) {
      const lines = body.commands.split('\n').filter((line: string) => line.includes(vm_id));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.every((line: string) => line.startsWith('#'))).toBe(true);
    }
  });

  it('leaves a host that is emptied what it uses beyond its VMs, which are all measured', async () => {
    const { scene } = await reviewOf('stabilize-production');
    const full = scene.hosts.filter(({ state, vms }: { state: string; vms: number }) => state === 'up' && vms > 0);
    expect(full.length).toBeGreaterThan(5);
    for (const { name } of full) {
      const { result } = await reviewOf('stabilize-production', `?empty=${name}`);
      const host = result.hosts.find(({ host: one }: { host: string }) => one === name);
      expect([host.cpu_after > 0, host.cpu_after < host.cpu_now], name).toEqual([true, true]);
    }
  });

  it('never counts a check that could not be made as passed', async () => {
    served.simulation.setFault('placement', { status: 500 });
    const { result, scene } = await reviewOf('stabilize-production');
    expect(scene.unchecked.map(({ check }: { check: string }) => check)).toContain('fit');
    expect(result.counts.ok).toBe(0);
  });

  it('rejects a plan of another audit, and unknown parameters', async () => {
    const { plans } = await plansOf('stabilize-production');
    const other = await ask('planReview', { params: { id: 'nothing-to-do', plan: plans[0].id } });
    expect(other.response.status).toBe(404);
    const wrong = await ask('planReview', {
      query: '?offf=1',
      params: { id: 'stabilize-production', plan: 'newest' },
    });
    expect([wrong.response.status, wrong.body.parameter]).toEqual([400, 'offf']);
  });

  it('lists the VMs of a host in the same form', async () => {
    const { scene } = await reviewOf('stabilize-production');
    const name = scene.hosts[0].name;
    const { body } = await ask('hostServers', { params: { name } });
    const own = scene.vms.filter(({ host }: { host: string }) => host === name);
    expect(body.vms.map(({ id }: { id: string }) => id).sort()).toEqual(own.map(({ id }: { id: string }) => id).sort());
  });
});

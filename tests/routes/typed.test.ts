import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { describeApi } from '@/lib/contract/openapi';
import { fillIn, QUESTIONS } from './questions';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });

describe('the typed API', () => {
  it('has null with a reason where the promised API has 0', async () => {
    served.simulation.setFault('prometheus', { status: 500 });
    const { body } = await ask('overview');
    expect(body.pcpu).toMatchObject({ usage: null, free: null, used_percentage: null, source: 'placement' });
    expect(body.pcpu.reason).toContain('Prometheus');
    expect(body.readings.load).toMatchObject({ state: 'missing', as_of: null, error: { source: 'Prometheus' } });
    expect(body.readings.inventory).toMatchObject({ state: 'fresh', error: null });
  });

  it('lacks only what Placement knows when Placement fails', async () => {
    served.simulation.setFault('placement', { status: 500 });
    const { response, body } = await ask('overview');
    expect(response.status).toBe(200);
    expect(body.vcpu).toMatchObject({ total: null, reason: expect.stringContaining('Placement') });
    expect(body.vm).toMatchObject({ count: 200, avg_cpu: null });
    expect(body.pcpu.used_percentage).toBeGreaterThan(0);
  });

  it('lists hosts in natural order and in pages, with null and a reason for one that is down', async () => {
    const { response, body } = await ask('hosts', { query: '?limit=5&offset=18' });
    expect(response.headers.get('x-total-count')).toBe('24');
    expect(body.hosts.map(({ name }: { name: string }) => name)).toEqual([
      'cmp-r02-07',
      'cmp-r02-08',
      'cmp-r02-09',
      'cmp-r02-10',
      'cmp-r02-11',
    ]);
    expect(body.hosts[2]).toMatchObject({
      state: 'down',
      cpu: { used: null },
      level: 'unknown',
      reason: expect.stringContaining('down'),
    });
  });

  it('finds a host by any of its names', async () => {
    const host = served.simulation.cloud.hosts[3];
    for (const name of [host?.name, host?.fqdn, host?.id, host?.name.toUpperCase()]) {
      const { body } = await ask('host', { params: { name: name ?? '' } });
      expect(body.host.name).toBe('cmp-r01-04');
      expect(body.servers).toHaveLength(body.host.vms);
    }
    const { response, body } = await ask('host', { params: { name: 'nowhere' } });
    expect([response.status, body.title]).toEqual([404, 'Not found']);
  });

  it('filters and pages audits', async () => {
    const all = (await ask('auditList')).body;
    const filtered = (await ask('auditList', { query: '?type=continuous&limit=1&offset=1' })).body;
    const continuous = all.audits.filter(({ type }: { type: string }) => type === 'CONTINUOUS');
    expect(filtered).toMatchObject({ total: continuous.length, limit: 1, offset: 1 });
    expect(filtered.audits).toEqual([continuous[1]]);
    const failed = (await ask('auditList', { query: '?state=FAILED&goal=saving_energy' })).body;
    expect(failed.audits.map(({ name }: { name: string }) => name)).toEqual(['saving-energy']);
  });

  it.each(['limit=0', 'limit=many', 'offset=-1', 'colour=red'])(
    'rejects ?%s and names the parameter',
    async (query) => {
      const { response, body } = await ask('auditList', { query: `?${query}` });
      expect([response.status, body.parameter]).toEqual([400, query.split('=')[0]]);
    },
  );

  it('describes an audit with its moves in wave order, every one of them accounted for', async () => {
    const { audits } = (await ask('auditList')).body;
    expect(audits.length).toBeGreaterThan(20);
    for (const { id, name } of audits) {
      const { body } = await ask('audit', { params: { id } });
      const { coverage } = body.projection;
      const leftOut = coverage.left_out.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
      expect(coverage.projected + leftOut, name).toBe(body.migrations.length);
      const waves = body.migrations.map(({ wave }: { wave: number }) => wave);
      expect(waves, name).toEqual([...waves].sort((a, b) => a - b));
      expect(body.plans.filter(({ shown }: { shown: boolean }) => shown).length, name).toBe(body.audit.plan ? 1 : 0);
    }
  });

  it('has the same effects in the list of audits as in their outcomes', async () => {
    const { audits } = (await ask('auditList')).body;
    const changed = audits.filter(({ effect }: { effect: unknown }) => effect !== null);
    expect(changed.length).toBeGreaterThan(3);
    for (const { id, name, effect } of changed) {
      const { outcome, drift, audit } = (await ask('audit', { params: { id } })).body;
      expect(audit.effect, name).toEqual(effect);
      expect(outcome.cpu.spread.after - outcome.cpu.spread.now, name).toBeCloseTo(effect.spread_change, 0);
      expect(drift.snapshot_at, name).toBe(audit.plan.created_at);
      expect(drift.compared, name).toBeGreaterThan(0);
    }
  });

  it('has no effects without Prometheus, and says why drift cannot be measured', async () => {
    served.simulation.setFault('prometheus', { status: 500 });
    const { response, body } = await ask('auditList');
    expect(response.headers.get('x-data-state')).toBe('partial');
    expect(
      body.audits.filter(({ effect }: { effect: { spread_change: number | null } | null }) => effect?.spread_change),
    ).toEqual([]);
    const { outcome, drift } = (await ask('audit', { params: { id: body.audits[0].id } })).body;
    expect(outcome.cpu.spread).toEqual({ now: null, after: null });
    expect(drift?.reason ?? '').toMatch(/^Can’t be compared with the load now. Prometheus /);
  });

  it('lists what is left out of the projection of an outdated plan', async () => {
    const { body } = await ask('audit', { params: { id: 'half-outdated' } });
    const problems = Object.fromEntries(
      body.projection.coverage.left_out.map(({ problem, count }: { problem: string; count: number }) => [
        problem,
        count,
      ]),
    );
    expect(problems).toEqual({
      'vm-gone': 1,
      'destination-unknown': 1,
      'already-there': 1,
      'source-unknown': 1,
      skipped: 1,
    });
    expect(body.projection.coverage.projected).toBe(2);
  });

  it('projects an executed plan from the load at its creation', async () => {
    const { body } = await ask('audit', { params: { id: 'stabilize-yesterday' } });
    expect(body.projection).toMatchObject({ basis: 'plan-creation', confidence: 'measured', reason: null });
    const touched = new Set(
      body.migrations.flatMap(({ source, destination }: { source: string; destination: string }) => [
        source,
        destination,
      ]),
    );
    const after = new Map(
      body.projection.hosts.map(({ host, cpu_after }: { host: string; cpu_after: number }) => [host, cpu_after]),
    );
    expect(touched.size).toBeGreaterThan(0);
    const { body: hosts } = await ask('hosts', { query: '?limit=100' });
    for (const { name, cpu } of hosts.hosts) {
      // It ran three hours ago; what it promised is what is measured now, but for the waves of the load.
      if (touched.has(name)) expect(Math.abs(cpu.used_percentage - Number(after.get(name))), name).toBeLessThan(15);
    }
  });

  it('reads the cloud once for all requests that arrive at once', async () => {
    await Promise.all([ask('stats'), ask('overview'), ask('hosts'), ask('stats'), ask('audits')]);
    const { requests } = served.simulation;
    // A token, and the names of projects and domains; versions and four lists of Nova: hosts, VMs, migrations, aggregates;
    // one question for all hosts of Placement.
    expect([requests.keystone, requests.nova, requests.placement]).toEqual([3, 5, 1]);
  });
});

describe('the OpenAPI document', () => {
  const document = describeApi('1.0.0') as {
    openapi: string;
    paths: Record<string, { get: { responses: Record<string, { content?: Record<string, { schema: object }> }> } }>;
    components: { schemas: Record<string, object> };
  };
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const [name, schema] of Object.entries(document.components.schemas))
    ajv.addSchema(schema, `#/components/schemas/${name}`);

  it('describes every endpoint', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(Object.values(ENDPOINTS).map(({ path }) => path)),
    );
    // A careful run has to be begun first: its own tests compare its answer.
    const answered = Object.keys(ENDPOINTS).filter((name) => name !== 'carefulRun');
    expect(QUESTIONS.map(([name]) => name)).toEqual(answered);
  });

  it.each(QUESTIONS)('matches the answer of %s', async (name, params, query = '') => {
    const { response, body } = await ask(name, { params: fillIn(params, served.simulation), query });
    expect(response.status).toBe(200);
    const schema = document.paths[ENDPOINTS[name].path]?.get.responses['200']?.content?.['application/json']?.schema;
    const validate = ajv.compile(schema ?? false);
    expect(validate(body), JSON.stringify(validate.errors)).toBe(true);
  });

  it('matches problem documents', async () => {
    const { body } = await ask('host', { params: { name: 'nowhere' } });
    expect(ajv.validate('#/components/schemas/Problem', body), JSON.stringify(ajv.errors)).toBe(true);
  });
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { http } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActEndpointName } from '@/lib/contract/act-endpoints';
import type { RegionEntry } from '@/lib/contract/v1/regions';
import { serveMetrics } from '@/lib/dashboard/http/metrics';
import { listRegionIds } from '@/lib/dashboard/sources/regions';
import { openSimulatedRegions } from '@/lib/simulation/regions';
import { openSimulation, type Simulation } from '@/lib/simulation/simulation';
import { ACTS, asUser, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';
import { signedIn, toAct } from './signed-in';

/** One process shows two regions of one cloud, and one of another cloud with people of its own. */

const CLOUDS = `clouds:
  here:
    region_name: [RegionOne, RegionTwo]
    auth: &account
      auth_url: http://here.test/identity/v3
      username: visio
      password: simulated
      project_name: admin
      user_domain_name: Default
      project_domain_name: Default
  there:
    region_name: RegionOne
    auth: { <<: *account, auth_url: http://there.test/identity/v3 }
`;
const REGIONS = `here/RegionTwo: { PROMETHEUS_URL: http://here.test/RegionTwo/prometheus }
there/RegionOne: { PROMETHEUS_URL: http://there.test/prometheus }
`;

const TWO = '?region=here/RegionTwo';
const THERE = '?region=there%2FRegionOne';

/** The clouds are behind these names, each with hosts of another number. */
function regionsServed(variables: Record<string, string> = {}) {
  const served = servedCloud({ hosts: 0, servers: 0, audits: 0 }, variables);
  const world = {} as { one: Simulation; two: Simulation; there: Simulation };
  beforeEach(() => {
    const files = folder();
    writeFileSync(path.join(files, 'clouds.yaml'), CLOUDS);
    writeFileSync(path.join(files, 'regions.yaml'), REGIONS);
    const here = openSimulatedRegions([
      { hosts: 6, servers: 40, audits: 12, region: 'RegionOne' },
      { hosts: 9, servers: 50, audits: 12, seed: 7, region: 'RegionTwo' },
    ]);
    const [one, two] = here.regions;
    if (!one || !two) throw new Error('two regions were asked for');
    Object.assign(world, { one, two, there: openSimulation({ hosts: 4, servers: 20, audits: 6, seed: 9 }) });
    served.server.use(
      http.all('http://here.test/*', ({ request }) => here.answer(request)),
      http.all('http://there.test/*', ({ request }) => world.there.answer(request)),
    );
    served.configure({
      OS_CLOUD: 'here,there',
      OS_CLIENT_CONFIG_FILE: path.join(files, 'clouds.yaml'),
      REGIONS_FILE: path.join(files, 'regions.yaml'),
      PROMETHEUS_URL: 'http://here.test/prometheus',
      DATA_DIR: variables.ACTIONS === undefined ? undefined : files,
    });
  });
  return { served, world };
}

const regionsOf = async (headers?: Record<string, string>): Promise<RegionEntry[]> =>
  (await ask('regions', { headers })).body.regions;
const hostsOf = async (query: string) => (await ask('stats', { query })).body.region.hosts_total;

describe('several regions', () => {
  const { world } = regionsServed();

  it('are listed by cloud and region, worst first, and each answers for itself', async () => {
    await Promise.all(['', TWO, THERE].map((query) => ask('overview', { query })));
    const regions = await regionsOf();
    const byId = new Map(regions.map((region) => [region.id, region]));
    expect([...byId.keys()].sort()).toEqual(['here/RegionOne', 'here/RegionTwo', 'there/RegionOne']);
    // Two clouds have a RegionOne, so the name alone says nothing.
    expect(regions.map(({ id, label, is_default: first }) => [id, label, first]).sort()).toEqual([
      ['here/RegionOne', 'here/RegionOne', true],
      ['here/RegionTwo', 'RegionTwo', false],
      ['there/RegionOne', 'there/RegionOne', false],
    ]);
    for (const [id, simulation] of Object.entries({
      'here/RegionOne': world.one,
      'here/RegionTwo': world.two,
      'there/RegionOne': world.there,
    })) {
      const waiting = simulation.cloud.plans.filter(({ state }) => state === 'RECOMMENDED').length;
      expect(byId.get(id)).toMatchObject({ hosts_total: simulation.cloud.hosts.length, problem: null });
      expect(byId.get(id)?.plans_waiting ?? -1).toBeLessThanOrEqual(waiting);
    }
    const hot = regions.map(({ state }) => state);
    expect(hot).toEqual(hot.toSorted((a, b) => (a === b ? 0 : a === 'hot' ? -1 : 1)));
  });

  it('answer where the parameter names them, in promised endpoints too; without it, the first does', async () => {
    expect(await Promise.all([hostsOf(''), hostsOf(TWO), hostsOf(THERE)])).toEqual([6, 9, 4]);
    const names = async (query: string) => (await ask('hosts', { query })).body.hosts.length;
    expect(await Promise.all([names(''), names(TWO), names(THERE)])).toEqual([6, 9, 4]);
    expect((await ask('stats', { query: TWO })).body.region.name).toBe('RegionTwo');
  });

  it('are 404 if there is none with this id', async () => {
    for (const name of ['stats', 'overview', 'acts'] as const) {
      const { response, body } = await ask(name, { query: '?region=here/RegionSix' });
      expect([response.status, body.parameter]).toEqual([404, 'region']);
    }
  });

  it('fail alone: the others go on, and the list says since when', async () => {
    world.two.setFault('nova', { status: 503 });
    expect((await ask('stats', { query: TWO })).response.status).toBe(503);
    expect(await hostsOf('')).toBe(6);
    expect(await hostsOf(THERE)).toBe(4);
    const two = (await regionsOf()).find(({ id }) => id === 'here/RegionTwo');
    expect(two).toMatchObject({ state: 'failed', hosts_total: null, plans_waiting: expect.any(Number) });
    expect([two?.problem, two?.failing_since]).toEqual([expect.stringContaining('Nova'), expect.any(String)]);
  });

  it('have metrics of their own, by a label', async () => {
    await Promise.all(['', TWO, THERE].map((query) => ask('overview', { query })));
    world.there.setFault('watcher', { status: 503 });
    const hosts = (text: string, region: string) =>
      [...text.matchAll(/^watcher_visio_hosts\{level="\w+",region="([^"]+)"\} (\d+)$/gm)]
        .filter(([, of]) => of === region)
        .reduce((sum, [, , count]) => sum + Number(count), 0);
    // What takes long on a busy machine is left out and comes with the next answer.
    const text = await vi.waitFor(
      async () => {
        const answer = await (await serveMetrics(new Request('http://visio.test/api/metrics/'))).text();
        const regions = ['here/RegionOne', 'here/RegionTwo', 'there/RegionOne'];
        expect(regions.map((region) => hosts(answer, region))).toEqual([6, 9, 4]);
        return answer;
      },
      { timeout: 20_000 },
    );
    expect(text).toMatch(/^watcher_visio_upstream_requests_total\{region="there\/RegionOne",source="nova"/m);
  });

  it('are those of the settings, the first one for what names none', () => {
    expect(listRegionIds()).toEqual(['here/RegionOne', 'here/RegionTwo', 'there/RegionOne']);
  });
});

describe('acting in several regions', () => {
  const { served, world } = regionsServed(ACTS);
  const first = ({ cloud }: Simulation) => cloud.hosts[0]?.name ?? '';
  type Where = { query: string; headers: Record<string, string> };
  const close = async (simulation: Simulation, { query, headers }: Where) => {
    const params = { name: first(simulation) };
    const { seen } = (await ask('hostDrain', { params, query, headers })).body;
    return send('closeHost', { params, query, headers, body: { seen, reason: 'fans' } });
  };
  const journal = async ({ query, headers }: Where) =>
    (await ask('acts', { query, headers })).body.acts.map(({ object_name: name }: { object_name: string }) => name);

  it('changes the region that is named, and its journal, even where hosts have the same name', async () => {
    const headers = await asUser(world.one, 'ops');
    expect(first(world.one)).toBe(first(world.two));
    expect((await close(world.two, { query: TWO, headers })).status).toBe(200);
    expect([world.one, world.two].map(({ cloud }) => cloud.hosts[0]?.enabled)).toEqual([true, false]);
    expect(await journal({ query: TWO, headers })).toEqual([first(world.two)]);
    expect(await journal({ query: '', headers })).toEqual([]);
    expect((await close(world.one, { query: '', headers })).status).toBe(200);
    expect(await journal({ query: '', headers })).toEqual([first(world.one)]);
  });

  it('asks for the password of the other cloud, whose user then acts', async () => {
    const home = await signedIn('ops');
    const { body: permission } = await ask('permission', { query: THERE, headers: home });
    expect(permission).toMatchObject({ may_act: true, sign_in: 'user-and-password', sign_in_cloud: 'there' });
    const refused = await close(world.there, { query: THERE, headers: home });
    expect([refused.status, refused.body.type]).toEqual([403, '/api/problems/acting-sign-in/']);
    expect(refused.body.detail).toBe('Sign in to the cloud there to act.');
    // The password of this cloud is worth nothing there without a user.
    expect((await toAct(home, { password: 'simulated' }, THERE)).status).toBe(403);
    const signed = await toAct(home, { user: 'visio', password: 'simulated' }, THERE);
    const done = await close(world.there, { query: THERE, headers: signed.headers });
    expect(done.body).toMatchObject({ outcome: 'done', account: 'own', person: 'ops as visio of there' });
    expect(world.there.cloud.hosts[0]?.enabled).toBe(false);
  });

  it('needs each cloud’s own sign-in, and one does not end the other', async () => {
    const home = await signedIn('ops');
    const there = await toAct(home, { user: 'ops', password: 'simulated' }, THERE);
    const { body: permission } = await ask('permission', { headers: there.headers });
    expect(permission).toMatchObject({ sign_in: 'password', sign_in_cloud: null, signed_in_until: null });
    expect((await close(world.one, { query: '', headers: there.headers })).status).toBe(403);
    const both = await toAct(there.headers, { password: 'simulated' });
    // A browser keeps the newer cookie only.
    const cookie = [home.cookie, both.headers.cookie?.split('; ').at(-1)].join('; ');
    const headers = { ...home, cookie };
    expect((await close(world.one, { query: '', headers })).status).toBe(200);
    expect((await close(world.there, { query: THERE, headers })).status).toBe(200);
  });

  it('refuses a token of one cloud in another', async () => {
    const headers = await asUser(world.one, 'ops');
    const refused = await close(world.there, { query: THERE, headers });
    expect([refused.status, refused.body.type]).toEqual([403, '/api/problems/acting-sign-in/']);
    expect(world.there.cloud.hosts[0]?.enabled).toBe(true);
  });

  it('lets the account of the server act in another cloud only for people who may act there', async () => {
    served.configure({ ACTIONS: 'service' });
    const home = await signedIn('ops');
    expect((await close(world.there, { query: THERE, headers: home })).status).toBe(403);
    const reader = await toAct(home, { user: 'reader', password: 'simulated' }, THERE);
    const refused = await close(world.there, { query: THERE, headers: reader.headers });
    expect([refused.status, refused.body.type]).toEqual([403, '/api/problems/act-not-allowed/']);
    const admin = await toAct(home, { user: 'visio', password: 'simulated' }, THERE);
    const done = await close(world.there, { query: THERE, headers: admin.headers });
    expect(done.body).toMatchObject({ outcome: 'done', account: 'service', person: 'ops as visio of there' });
  });

  it('says of each region what the visitor may do there', async () => {
    const mayAct = async (user: string) => {
      const regions = await regionsOf(await signedIn(user));
      return Object.fromEntries(regions.map(({ id, may_act: may }) => [id, may]));
    };
    expect(await mayAct('ops')).toEqual({ 'here/RegionOne': true, 'here/RegionTwo': true, 'there/RegionOne': true });
    // Who has another role over there is known after the sign-in there.
    expect(await mayAct('reader')).toMatchObject({ 'here/RegionOne': false, 'here/RegionTwo': false });
  });

  it.each<ActEndpointName>(['closeHost', 'startPlan'])('refuses %s in a region that does not exist', async (name) => {
    const headers = await asUser(world.one, 'ops');
    const params = { name: first(world.one), id: 'x', plan: 'y' };
    const { status, body } = await send(name, { params, query: '?region=nowhere', headers });
    expect([status, body.parameter]).toEqual([404, 'region']);
  });
});

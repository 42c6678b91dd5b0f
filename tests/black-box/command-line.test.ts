import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Changes, openCloud } from './support/cloud';
import { type Product, startProduct } from './support/product';

/** The command line of the build: a process of its own, judged by what it prints and how it ends. */

const TOKEN = 'Kx3vN8qT2mW7rB5yL9zD4cF6';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Ended = { code: number | null; out: string; err: string };

const run = (words: string[], settings: Record<string, string> = {}) =>
  new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, [path.join(inject('build'), 'lib/cli/watcher-visio.mjs'), ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...settings },
    });
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      ended.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      ended.err += chunk;
    });
    child.once('close', (code) => resolve({ ...ended, code }));
  });

const lines = ({ out }: Ended) => out.trimEnd().split('\n');

describe('the command line', () => {
  it('prints its help and its version', async () => {
    const help = await run(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['serve', 'doctor', 'hosts', 'plans', 'review <plan>', 'slots'])
      expect(help.out).toContain(`\n  ${command} `);
    expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(await run(['hosts', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('\n  2  a host is hot'),
    });
    expect(await run(['serve', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--listen') });
  });

  it.each([
    [[], ''],
    [['host'], 'There is no command host.'],
    [['hosts', '--colour'], "Unknown option '--colour'"],
    [['hosts', '--url', 'visio.example'], 'VISIO_URL must be an http or https address'],
    [['hosts', '--timeout', 'long'], '--timeout takes seconds'],
    [
      ['hosts', '--url', 'http://127.0.0.1:6', '--token-file', '/nowhere'],
      "VISIO_TOKEN_FILE points to a file that can't",
    ],
    [['hosts', '--url', 'http://127.0.0.1:6'], "Watcher Visio at 127.0.0.1:6 can't be reached"],
    [['review'], 'review needs the id of a plan, newest or best'],
    [['review', 'b4', 'b5'], 'review takes one argument; b5 is one too many.'],
    [['slots', '--critical', 'few'], '--critical takes a whole number'],
  ])('ends with 3 and a sentence if it can’t do what it was told: %s', async (words, sentence) => {
    const ended = await run(words);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain(sentence);
    expect(ended.err).not.toMatch(/ {4}at /);
  });

  it('says so on standard output, too, if a monitor asks: it shows nothing else', async () => {
    const ended = await run(['hosts', '--quiet', '--url', 'http://127.0.0.1:6']);
    expect(ended).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^UNKNOWN: Watcher Visio at .* can't be reached.*\n$/),
    });
    expect(ended.err).toContain("can't be reached");
  });

  it('says what is wrong with the settings, and that is a finding of the doctor', async () => {
    const settings = { OS_AUTH_URL: 'keystone.example' };
    const hosts = await run(['hosts'], settings);
    expect(hosts).toMatchObject({ code: 3, out: '' });
    expect(hosts.err).toContain('OS_AUTH_URL must be an http or https address');
    const doctor = await run(['doctor'], settings);
    expect(doctor).toMatchObject({ code: 2, err: '' });
    expect(doctor.out).toContain('OS_AUTH_URL must be an http or https address');
    const serve = await run(['serve', '--listen', '127.0.0.1'], { ...settings, PORT: '0' });
    expect(serve).toMatchObject({ code: 78, out: '' });
    expect(serve.err).toContain('OS_AUTH_URL must be an http or https address');
  });
});

describe('the command line with the simulated cloud of the demo', () => {
  it('shows it, though nothing else holds the process', async () => {
    const settings = { USE_MOCK_DATA: 'true', MOCK_HOSTS: '6', MOCK_SERVERS: '60', MOCK_AUDITS: '8' };
    const hosts = await run(['hosts', '--quiet'], settings);
    expect(hosts).toMatchObject({ code: 2, out: expect.stringMatching(/^CRITICAL: \d hot and \d warm of 6 hosts/) });
  });
});

/** Asked in both ways, it must say the same. */
describe.each(['the cloud itself', 'a running instance'])('the command line, asking %s', (whom) => {
  let settings: Record<string, string>;
  let product: Product | undefined;

  async function prepare(changes: Changes = {}): Promise<void> {
    const cloud = await openCloud(changes);
    settings = cloud.settings;
    if (whom === 'the cloud itself') return;
    product = await startProduct({ ...cloud.settings, AUTH: 'keystone', API_TOKENS: TOKEN });
    const file = path.join(folder, 'token');
    writeFileSync(file, `${TOKEN}\n`);
    settings = { VISIO_URL: `http://127.0.0.1:${product.port}/`, VISIO_TOKEN_FILE: file };
  }

  beforeAll(() => prepare());
  const ask = (...words: string[]) => run(words, settings);

  it('lists hosts and ends with 2 because some are hot', async () => {
    const ended = await ask('hosts');
    expect(ended).toMatchObject({ code: 2, err: '' });
    const [head = '', ...rows] = lines(ended);
    expect(head.split(/ {2,}/).slice(0, 4)).toEqual(['HOST', 'ZONE', 'STATE', 'LOAD']);
    expect(rows.filter((row) => /^cmp-/.test(row))).toHaveLength(6);
    expect(rows.at(-1)).toMatch(/^\d hot and \d warm of 6 hosts: cmp-/);
    const normal = (await ask('hosts', '--json')).out;
    const { hosts, counts } = JSON.parse(normal);
    expect(hosts).toHaveLength(6);
    expect((await ask('hosts', '--quiet')).out).toMatch(
      new RegExp(`^CRITICAL: ${counts.hot} hot and ${counts.warm} warm of 6 hosts: cmp-.*\\n$`),
    );
  });

  it('ends with 3 if no host matches, which would look like all is well', async () => {
    expect(await ask('hosts', '--quiet', '--search', 'nowhere')).toMatchObject({
      code: 3,
      out: 'UNKNOWN: No host has nowhere in its name.\n',
    });
    const zone = await ask('hosts', '--quiet', '--zone', 'nowhere');
    expect(zone).toMatchObject({ code: 3, out: 'UNKNOWN: No compute host is in a zone of this name.\n' });
  });

  it('lists plans and reviews one, by its id, by the beginning of it, as the best or the newest', async () => {
    const plans = await ask('plans', '--json');
    const { plans: listed, best_plan_id: best } = JSON.parse(plans.out);
    expect(plans.code).toBe(1);
    const table = await ask('plans', '--show', 'waiting');
    expect(lines(table).filter((line) => line.includes(' RECOMMENDED '))).not.toEqual([]);
    const review = await ask('review', best.slice(0, 8));
    expect(review.out).toContain(`Plan ${best} of audit `);
    expect([0, 1]).toContain(review.code);
    for (const name of [best, 'best']) {
      const json = await ask('review', name, '--json');
      expect(JSON.parse(json.out).plan.id).toBe(best);
    }
    // Without --audit, the table of hosts has the plan of the newest audit with one.
    const ofHosts = JSON.parse((await ask('hosts', '--json')).out);
    const newest = JSON.parse((await ask('review', 'newest', '--json')).out);
    expect(newest.plan.id).toBe(ofHosts.plan.plan_id);
    const refused = listed.find((plan: { worth: { verdict: string } | null }) => plan.worth?.verdict === 'would-fail');
    expect((await ask('review', refused.plan_id)).code).toBe(2);
    expect(await ask('review', 'ffffffff')).toMatchObject({ code: 3, err: 'There is no plan ffffffff.\n' });
  });

  it('counts slots and compares them with what is wanted', async () => {
    const all = JSON.parse((await ask('slots', '--json')).out);
    const { name, slots } = all.flavors[0];
    const ending = async (...limits: string[]) => (await ask('slots', '--flavor', name, ...limits)).code;
    expect(await ending('--warning', String(slots), '--critical', '0')).toBe(0);
    expect(await ending('--warning', String(slots + 1), '--critical', '0')).toBe(1);
    expect(await ending('--warning', String(slots + 1), '--critical', String(slots + 1))).toBe(2);
    expect((await ask('slots', '--flavor', 'no-such')).code).toBe(3);
    expect(await ask('hosts', '--show', 'hut')).toMatchObject({
      code: 3,
      err: expect.stringContaining('must be all, hot'),
    });
  });

  it('goes through the chain, and never prints what must stay secret', async () => {
    const doctor = await ask('doctor');
    expect([0, 1]).toContain(doctor.code);
    expect(doctor.out).toContain('ok       Keystone issues a token');
    expect(JSON.parse((await ask('doctor', '--json')).out).summary.error).toBe(0);
    expect(doctor.out + doctor.err).not.toMatch(new RegExp(`${TOKEN}|simulated`));
  });

  it('ends as the cloud is: 2 for the doctor and 3 for the rest if Keystone refuses', async () => {
    await prepare({
      instead: ({ line }) =>
        line.includes('/auth/tokens') ? { status: 401, body: { error: { code: 401 } } } : undefined,
    });
    const doctor = await ask('doctor', '--quiet');
    expect(doctor).toMatchObject({ code: 2, out: expect.stringMatching(/^CRITICAL: .*[1-9] broken/) });
    const hosts = await ask('hosts');
    expect(hosts).toMatchObject({ code: 3, out: '' });
    expect(hosts.err).toMatch(/^Keystone/);
  });
});

describe('an instance that asks for a token', () => {
  it('is not answered with a table, but with what to do', async () => {
    const { settings } = await openCloud();
    const { port } = await startProduct({ ...settings, AUTH: 'keystone', API_TOKENS: TOKEN });
    const ended = await run(['hosts', '--url', `http://127.0.0.1:${port}`]);
    expect(ended).toMatchObject({ code: 3, out: '' });
    expect(ended.err).toContain('Sign in on the page, or send a token');
  });
});

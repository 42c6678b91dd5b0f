import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http, passthrough } from 'msw';
import { describe, expect, it } from 'vitest';
import { printChecks } from '@/lib/cli/doctor-text';
import { runDoctor } from '@/lib/dashboard/collect/examination';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 12, servers: 120 });

async function look() {
  const doctor = await runDoctor(defaultRegion().id);
  const find = (id: string) => doctor.checks.find((check) => check.id === id);
  return { doctor, find, status: (id: string) => find(id)?.status };
}

describe('the doctor', () => {
  it('checks the whole chain and finds a healthy cloud healthy', async () => {
    const { doctor, find, status } = await look();
    expect(doctor.checks.map(({ id }) => id)).toEqual([
      'token',
      'roles',
      'endpoint-nova',
      'endpoint-placement',
      'endpoint-watcher',
      'hosts',
      'vms',
      'migrations',
      'placement-hosts',
      'host-records',
      'watcher-api',
      'watcher-decision-engine',
      'watcher-applier',
      'strategies',
      'left-disabled',
      'prometheus',
      'targets',
      'exporters',
      'host-names',
      'host-aliases',
      'machines',
      'host-metrics',
      'exported-placement',
      'vm-metrics',
      'estimated',
      'unreadable',
    ]);
    expect(doctor.summary.error).toBe(0);
    expect(find('host-names')?.evidence).toContain('12 of 12 hosts are matched; 3 targets belong to no compute host.');
    expect(['token', 'roles', 'endpoint-watcher', 'vm-metrics', 'estimated'].map(status)).toEqual(Array(5).fill('ok'));
  });

  it('names the broken link with a fix and skips the links that depend on it', async () => {
    served.simulation.setFault('prometheus', { status: 503 });
    const { find, status } = await look();
    expect(find('prometheus')).toMatchObject({ status: 'error', fix: expect.stringContaining('PROMETHEUS_URL') });
    expect(['targets', 'exporters', 'host-names', 'vm-metrics'].map(status)).toEqual(Array(4).fill('skipped'));
    expect(status('token')).toBe('ok');
  });

  it('distinguishes rejected credentials from a service that is down', async () => {
    served.configure({ OS_PASSWORD: 'wrong' });
    const refused = await look();
    expect(refused.find('token')).toMatchObject({ status: 'error', evidence: 'Keystone rejected the credentials.' });
    const { summary } = refused.doctor;
    expect(summary).toMatchObject({ error: 1, warning: 0 });
    expect(refused.find('hosts')).toMatchObject({
      status: 'skipped',
      evidence: 'Because of the same fault: Keystone issues a token.',
      fix: null,
    });
  });

  it('names the address that was tried and the system’s error, once', async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    served.server.use(http.all(`http://127.0.0.1:${port}/*`, () => passthrough()));
    served.configure({ OS_AUTH_URL: `http://me:s3cret@127.0.0.1:${port}/v3` });
    const { doctor, find } = await look();
    expect(find('token')).toMatchObject({
      status: 'error',
      evidence: "Keystone can't be reached: the connection was refused.",
      details: [`Tried http://127.0.0.1:${port}/v3/auth/tokens, ECONNREFUSED`],
    });
    expect(doctor.summary.error).toBe(1);
    expect(JSON.stringify(doctor)).not.toContain('s3cret');
  });

  it('reports a service that does not answer once, under the first link that needs it', async () => {
    served.simulation.setFault('nova', { status: 503 });
    const { doctor, find, status } = await look();
    expect(find('endpoint-nova')).toMatchObject({
      status: 'error',
      evidence: expect.stringContaining('Nova returned 503'),
    });
    expect(
      ['hosts', 'vms', 'placement-hosts', 'host-records', 'host-names', 'vm-metrics', 'estimated'].map(status),
    ).toEqual(Array(7).fill('skipped'));
    expect(doctor.summary.error).toBe(1);
  });

  it('asks for PROMETHEUS_URL where it is not set', async () => {
    served.configure({ PROMETHEUS_URL: undefined });
    const { doctor, find } = await look();
    expect(find('prometheus')).toMatchObject({ status: 'error', fix: 'Set PROMETHEUS_URL.' });
    expect(doctor.summary.error).toBe(1);
  });

  it('says where it looked for the file of a cloud', async () => {
    served.configure({ OS_CLOUD: 'mycloud', XDG_CONFIG_HOME: '/nowhere' });
    const { find } = await look();
    expect(find('settings')?.evidence).toMatch(
      /^OS_CLOUD is set, but there is no clouds\.yaml: looked in .*\/nowhere\/openstack, /,
    );
  });

  it('names missing roles', async () => {
    served.configure({ OS_USERNAME: 'visio-reader' });
    const { find } = await look();
    expect(find('roles')).toMatchObject({ status: 'warning', fix: expect.stringContaining('admin role') });
  });

  it('lists the hosts that no metrics match', async () => {
    served.configure({ METRICS_NODE_SELECTOR: 'instance!~"10.20.0.1[0-4]:.*"' });
    const { find } = await look();
    const names = served.simulation.cloud.hosts.slice(0, 5).map(({ name }) => `${name} has no target`);
    expect(find('host-names')).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('METRICS_HOST_LABELS'),
    });
    expect(find('host-names')?.evidence).toContain('7 of 12 hosts are matched');
    expect(find('host-names')?.details).toEqual(expect.arrayContaining(names));
    expect(find('estimated')?.details[0]).toContain('5 hosts not measured');
  });

  it('warns of settings with an old name, which it takes, and of misspelt ones', async () => {
    served.configure({ AUTH_PROXY_HEADER: 'X-Remote-User', OS_PASSWRD: 's3cret' });
    const { doctor, find } = await look();
    expect(find('settings')).toMatchObject({
      status: 'warning',
      evidence: expect.stringContaining('AUTH_PROXY_HEADER is now called AUTH_PROXY_USER_HEADER.'),
      details: ['OS_PASSWRD is not a setting and has no effect. Did you mean OS_PASSWORD?'],
    });
    expect(doctor.summary.error).toBe(0);
  });

  it('reports wrong settings before it asks anything', async () => {
    served.configure({ OS_AUTH_URL: undefined, OS_USERNAME: undefined });
    const { doctor } = await look();
    expect(doctor.checks.map(({ id, status }) => [id, status])).toEqual([['settings', 'error']]);
    expect(doctor.checks[0]?.fix).toContain('.env.example');
  });

  it('prints all findings and removes control characters from names', async () => {
    const { doctor } = await look();
    const [first] = doctor.checks;
    if (!first) throw new Error('nothing was checked');
    const evil = { ...first, evidence: 'a\u001b[2Jb\nc', details: Array.from({ length: 14 }, (_, i) => `host-${i}`) };
    const text = printChecks({ ...doctor, checks: [evil] }, { colours: false }).join('\n');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('a [2Jb c');
    expect(text).toContain('- and 2 more');
    expect(printChecks(doctor, { colours: false }).join('\n')).toContain('ok       Keystone issues a token');
  });
});

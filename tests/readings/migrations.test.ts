import { describe, expect, it } from 'vitest';
import { openMigrationsReader } from '@/lib/readings/migrations';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { BEGIN, simulatedScene } from './simulated';

const scene = simulatedScene({ hosts: 12, servers: 120, audits: 40 });

const open = (most?: number) => openMigrationsReader(scene.session, () => scene.now, most);
/** Only what is asked about migrations. */
const asked = () => scene.requests().filter((url) => url.includes('os-migrations'));
const since = (url: string | undefined) => new URLSearchParams((url ?? '').split('?')[1]).get('changes-since');

const from = BEGIN - 12 * HOUR_MS;
const LAST_HOURS = { from, until: BEGIN - HOUR_MS };

/** Moves a VM by hand, a minute later. */
function move(position: number): string {
  scene.now += MINUTE_MS;
  const { cloud, life } = scene.simulation;
  const server = cloud.servers.filter(({ status }) => status === 'ACTIVE')[position];
  const host = cloud.hosts.find(({ up }) => up);
  if (!server || !host) throw new Error('The cloud is too small.');
  life.migrate(server, host);
  return server.id;
}

describe('the record of migrations', () => {
  it('is not asked for if no plan ran', async () => {
    expect(await open().read(null)).toEqual({ migrations: [], covered: null, reason: null, losses: [] });
    expect(asked()).toEqual([]);
  });

  it('covers the time of the runs, and costs nothing more once they are over and nothing is unfinished', async () => {
    scene.simulation.cloud.migrations = scene.simulation.cloud.migrations.filter(({ endedAt }) => endedAt !== null);
    const reader = open();
    const record = await reader.read(LAST_HOURS);
    expect(record.migrations.length).toBeGreaterThan(5);
    expect(record).toMatchObject({ covered: { from, until: BEGIN }, reason: null });
    expect(asked()).toHaveLength(1);
    scene.now += HOUR_MS;
    expect(await reader.read(LAST_HOURS, record)).toBe(record);
    expect(asked()).toEqual([]);
  });

  it('sends one request for the changes while a plan runs', async () => {
    const reader = open();
    const running = { from, until: null };
    const record = await reader.read(running);
    asked();
    const moved = move(3);
    const next = await reader.read(running, record);
    const requests = asked();
    expect(requests).toHaveLength(1);
    expect(since(requests[0])).toBe(new Date(BEGIN - MINUTE_MS).toISOString());
    expect(next.migrations).toHaveLength(record.migrations.length + 1);
    expect(next.migrations[0]).toMatchObject({ serverId: moved, status: 'completed' });
  });

  it('goes on asking until Nova has ended what it had begun', async () => {
    const reader = open();
    const record = await reader.read(LAST_HOURS);
    expect(record.migrations.some(({ status }) => status === 'running')).toBe(true);
    const { migrations } = scene.simulation.cloud;
    for (const migration of migrations) migration.endedAt ??= scene.now + MINUTE_MS;
    // The VM's move began after the runs were over, so it would concern them only if they were not.
    const later = { from, until: BEGIN };
    scene.now += 2 * MINUTE_MS;
    asked();
    const ended = await reader.read(later, record);
    expect(asked()).toHaveLength(1);
    expect(ended.migrations.every(({ status }) => status !== 'running')).toBe(true);
  });

  it('says how far back it goes in a cloud with more migrations than it may have, and reads only changes then', async () => {
    for (let i = 0; i < 20; i++) move(i);
    const reader = open(10);
    const running = { from, until: null };
    const record = await reader.read(running);
    expect(record.migrations).toHaveLength(10);
    expect(record.covered?.from).toBe(record.migrations.at(-1)?.startedAt);
    asked();
    const moved = move(30);
    const next = await reader.read(running, record);
    expect(asked()).toHaveLength(1);
    expect(next.migrations[0]?.serverId).toBe(moved);
    expect(next.migrations).toHaveLength(10);
    expect(next.covered?.from).toBe(next.migrations.at(-1)?.startedAt);
  });

  it('says why it is missing if Nova refuses, and asks again an hour later', async () => {
    const reader = open();
    scene.simulation.setFault('nova', { status: 403, only: 'os-migrations' });
    const refused = await reader.read(LAST_HOURS);
    expect(refused).toMatchObject({ migrations: [], covered: null });
    expect(refused.reason).toContain('Nova denied access to os-migrations');
    asked();
    await reader.read(LAST_HOURS, refused);
    expect(asked()).toEqual([]);
    scene.simulation.setFault('nova', null);
    scene.now += HOUR_MS + MINUTE_MS;
    expect(await reader.read(LAST_HOURS, refused)).toMatchObject({ reason: null, covered: { from } });
  });

  it('keeps what it has while Nova fails', async () => {
    const reader = open();
    const running = { from, until: null };
    const record = await reader.read(running);
    scene.simulation.setFault('nova', { status: 500, only: 'os-migrations' });
    const failed = await reader.read(running, record);
    expect(failed).toMatchObject({ migrations: record.migrations, covered: record.covered });
    expect(failed.reason).toContain('Nova returned 500');
    scene.simulation.setFault('nova', null);
    expect((await reader.read(running, failed)).reason).toBeNull();
  });
});

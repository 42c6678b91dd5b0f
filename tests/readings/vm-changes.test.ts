import { describe, expect, it } from 'vitest';
import { openInventoryReader } from '@/lib/readings/inventory';
import { MINUTE_MS } from '@/lib/units';
import { BEGIN, simulatedScene } from './simulated';

const scene = simulatedScene({ hosts: 4, servers: 40, audits: 0 });

describe('what happened to VMs between two readings', () => {
  it('is that some were deleted, stopped or started on a host, when Nova says so', async () => {
    const reader = openInventoryReader(scene.session);
    const first = await reader.read();
    expect(first.changes).toEqual([]);
    const { cloud, life } = scene.simulation;
    const [gone, stopped] = cloud.servers.filter(({ status }) => status === 'ACTIVE');
    const started = cloud.servers.find(({ status }) => status === 'SHUTOFF');
    if (!gone || !stopped || !started) throw new Error('The cloud is too small.');
    scene.now += MINUTE_MS;
    life.remove(gone);
    stopped.status = 'SHUTOFF';
    life.touch(stopped);
    started.status = 'ACTIVE';
    life.touch(started);
    scene.now += MINUTE_MS;
    const second = await reader.read(first);
    const seen = second.changes.map(({ name, kind, host, at }) => [name, kind, host, at]);
    const at = BEGIN + MINUTE_MS;
    const hostOf = (server: typeof gone) => server.stays[0]?.host?.name;
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining([
        [gone.name, 'deleted', hostOf(gone), at],
        [stopped.name, 'stopped', hostOf(stopped), at],
        [started.name, 'started', hostOf(started), at],
      ]),
    );
    // They are remembered, and the overlap of two readings does not repeat them.
    scene.now += MINUTE_MS;
    expect((await reader.read(second)).changes).toEqual(second.changes);
  });
});

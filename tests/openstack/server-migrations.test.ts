import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listServerMigrations } from '@/lib/openstack/server-migrations';
import { GIB } from '@/lib/units';
import { NOVA, open, recordedCloud, recording } from './recorded-cloud';

const server = recordedCloud();

const VM = '81c6a332-8b87-4133-9c34-f6135d436155';
const LIST = `${NOVA}/v2.1/servers/:id/migrations`;

const [running] = recording('nova-server-migrations-running-2026.2').migrations;

/** What the client makes of this answer. */
function read(body: object, version?: (asked: string) => void) {
  server.use(
    http.get(LIST, ({ request }) => {
      version?.(request.headers.get('openstack-api-version') ?? '');
      return HttpResponse.json(body);
    }),
  );
  return listServerMigrations(open(), VM);
}

describe('the live migrations of a VM', () => {
  it('are read as Nova 34 and Nova 26 recorded them, without bytes until the hypervisor counts', async () => {
    let version = '';
    const recent = await read(recording('nova-server-migrations-running-2026.2'), (asked) => {
      version = asked;
    });
    expect(version).toBe('compute 2.80');
    expect(recent).toEqual([
      {
        id: '8c410975-fbda-4a94-b367-23d9281ba621',
        number: '15',
        serverId: VM,
        status: 'running',
        source: 'compute-2',
        destination: 'compute-5',
        totalBytes: null,
        processedBytes: null,
        remainingBytes: null,
        startedAt: Date.UTC(2026, 10, 28, 5, 11, 26),
        updatedAt: Date.UTC(2026, 10, 28, 5, 11, 28),
      },
    ]);
    const [zed] = await read(recording('nova-server-migrations-running'));
    expect(zed).toMatchObject({ number: '10', status: 'running', destination: 'compute-5' });
  });

  it('are none once they have ended', async () => {
    expect(await read(recording('nova-server-migrations-none-2025.1'))).toEqual([]);
  });

  it('count memory and copied disks together, and no disk where storage is shared', async () => {
    const memory = {
      memory_total_bytes: 8 * GIB,
      memory_processed_bytes: 9 * GIB,
      memory_remaining_bytes: 2 * GIB,
    };
    const disk = { disk_total_bytes: 20 * GIB, disk_processed_bytes: 5 * GIB, disk_remaining_bytes: 15 * GIB };
    const [shared] = await read({ migrations: [{ ...running, ...memory }] });
    expect(shared).toMatchObject({ totalBytes: 8 * GIB, processedBytes: 9 * GIB, remainingBytes: 2 * GIB });
    const [local] = await read({ migrations: [{ ...running, ...memory, ...disk }] });
    expect(local).toMatchObject({ totalBytes: 28 * GIB, processedBytes: 14 * GIB, remainingBytes: 17 * GIB });
  });

  it('go by their number below 2.59, which has no UUIDs', async () => {
    const { uuid: _, ...old } = running;
    expect(await read({ migrations: [old] })).toMatchObject([{ id: '15', number: '15' }]);
  });

  it('lose an odd amount, not the row', async () => {
    const [row] = await read({ migrations: [{ ...running, memory_total_bytes: 'many', memory_remaining_bytes: 5 }] });
    expect(row).toMatchObject({ number: '15', totalBytes: null, remainingBytes: 5 });
  });

  it('are refused as missing where Nova is too old', async () => {
    const document = recording('discovery-nova-v2.1');
    server.use(
      http.get(`${NOVA}/v2.1/`, () => HttpResponse.json({ version: { ...document.version, version: '2.22' } })),
    );
    await expect(listServerMigrations(open(), VM)).rejects.toMatchObject({ source: 'nova', kind: 'missing' });
  });
});

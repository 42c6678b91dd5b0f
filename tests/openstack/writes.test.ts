import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import {
  archiveAudit,
  changeAuditInterval,
  changeAuditState,
  createAudit,
  createTemplate,
  deleteTemplate,
} from '@/lib/openstack/writes/audits';
import { closeService, openService } from '@/lib/openstack/writes/services';
import { openWriter, type Write } from '@/lib/openstack/writes/writer';
import { cloudSettings, NOVA, open, recordedCloud, WATCHER } from './recorded-cloud';

const server = recordedCloud();

/** What arrives, and the version that it asks for. */
type Arrived = { line: string; version: string | null; body: unknown };

const ANY = [`${WATCHER}/*`, `${NOVA}/*`];

async function send(act: (write: Write) => Promise<unknown>): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  server.use(
    ...ANY.map((url) =>
      http.all(url, async ({ request }) => {
        if (request.method === 'GET') return undefined;
        const text = await request.text();
        arrived.push({
          line: `${request.method} ${new URL(request.url).pathname}`,
          version: request.headers.get('openstack-api-version'),
          body: text === '' ? null : JSON.parse(text),
        });
        return HttpResponse.json({}, { status: 200, headers: { 'x-openstack-request-id': 'req-1' } });
      }),
    ),
  );
  const write = openWriter(open(), cloudSettings(), { timeoutMs: 2_000, maxBytes: 100_000, concurrency: 2 }).as(null);
  await act(write);
  return arrived;
}

describe('what creates and changes audits', () => {
  it('sends the fields that Watcher takes, and no others', async () => {
    const [sent] = await send((write) =>
      createAudit(write, {
        name: 'rw-full',
        type: 'ONESHOT',
        of: { goal: 'dummy', strategy: 'dummy' },
        parameters: { para1: 4.5, para2: 'Bye' },
      }),
    );
    expect(sent?.line).toBe('POST /v1/audits');
    expect(sent?.body).toEqual({
      goal: 'dummy',
      audit_type: 'ONESHOT',
      name: 'rw-full',
      strategy: 'dummy',
      parameters: { para1: 4.5, para2: 'Bye' },
    });
  });

  it('sends a template instead of a goal, and times and switches where they are wanted', async () => {
    const [sent] = await send((write) =>
      createAudit(write, {
        name: 'every-hour',
        type: 'CONTINUOUS',
        of: { template: 'template-1' },
        interval: '0 * * * *',
        startAt: '2026-11-28T01:00:00+00:00',
        endAt: '2026-11-29T01:00:00+00:00',
        force: true,
        autoTrigger: true,
      }),
    );
    expect(sent?.body).toEqual({
      audit_template_uuid: 'template-1',
      audit_type: 'CONTINUOUS',
      name: 'every-hour',
      interval: '0 * * * *',
      start_time: '2026-11-28T01:00:00+00:00',
      end_time: '2026-11-29T01:00:00+00:00',
      force: true,
      auto_trigger: true,
    });
  });

  it('changes one field at a time', async () => {
    const sent = await send(async (write) => {
      await changeAuditState(write, 'a/1', 'SUSPENDED');
      await changeAuditInterval(write, 'a2', '1200');
      await archiveAudit(write, 'a3');
    });
    expect(sent.map(({ line, body }) => [line, body])).toEqual([
      ['PATCH /v1/audits/a%2F1', [{ op: 'replace', path: '/state', value: 'SUSPENDED' }]],
      ['PATCH /v1/audits/a2', [{ op: 'replace', path: '/interval', value: '1200' }]],
      ['DELETE /v1/audits/a3', null],
    ]);
  });

  it('creates and deletes templates', async () => {
    const template = { name: 't', goal: 'dummy', strategy: 'dummy', description: 'd', scope: [] };
    const sent = await send(async (write) => {
      await createTemplate(write, template);
      await deleteTemplate(write, 't1');
    });
    expect(sent.map(({ line, body }) => [line, body])).toEqual([
      ['POST /v1/audit_templates', template],
      ['DELETE /v1/audit_templates/t1', null],
    ]);
  });
});

describe('what closes and opens hosts', () => {
  it('changes a service by its UUID, from 2.53 on', async () => {
    const sent = await send(async (write) => {
      await closeService(write, { serviceId: 's1', reason: 'swap fans' });
      await openService(write, 's1');
    });
    expect(sent.map(({ line, body }) => [line, body])).toEqual([
      ['PUT /v2.1/os-services/s1', { status: 'disabled', disabled_reason: 'swap fans' }],
      ['PUT /v2.1/os-services/s1', { status: 'enabled' }],
    ]);
    for (const { version } of sent) expect(Number(version?.split('.')[1])).toBeGreaterThanOrEqual(53);
  });
});

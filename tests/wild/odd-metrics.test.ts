import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Loss } from '@/lib/shape';
import { open, QUERY, servedPrometheus, vector } from '../prometheus/served';
import { ask, servedCloud } from '../routes/served-cloud';
import type { Json } from './altered';

/** One odd series of Prometheus, such as a native histogram, loses itself only, and is counted and named. */

describe('an answer of Prometheus with an odd row', () => {
  const { server } = servedPrometheus();
  const rows = Array.from({ length: 250 }, (_, i) => ({
    value: String(i),
    labels: { instance: `i-${i}`, job: 'node' },
  }));

  it.each<[string, (row: Json) => void, string?]>([
    [
      'a histogram in place of a value',
      (row) => {
        row.histogram = [row.value[0], { count: '1' }];
        delete row.value;
      },
    ],
    [
      'a number in place of its text',
      (row) => {
        row.value[1] = 7;
      },
    ],
    [
      'a time that is none',
      (row) => {
        row.value[0] = 1e300;
      },
    ],
    [
      'labels that are no texts',
      (row) => {
        row.metric.cpu = 3;
      },
      'row 202',
    ],
    [
      'null',
      (row) => {
        row.value = null;
      },
    ],
  ])('keeps all others: %s', async (_, spoil, name = 'job=node, instance=i-201') => {
    const answer: Json = structuredClone(vector(...rows));
    spoil(answer.data.result[201]);
    server.use(http.post(QUERY, () => HttpResponse.json(answer)));
    const losses: Loss[] = [];
    const samples = await open({ onLoss: (loss) => losses.push(loss) }).query('x');
    expect(samples.map(({ labels }) => labels.instance)).toEqual(
      rows.flatMap(({ labels }, i) => (i === 201 ? [] : [labels.instance])),
    );
    expect(losses).toEqual([expect.objectContaining({ source: 'prometheus', lost: 'row' })]);
    expect(losses[0]?.row).toBe(name);
  });

  it('fails if no row can be read, since that is another form and not an odd row', async () => {
    const answer: Json = vector(...rows.slice(0, 2));
    for (const row of answer.data.result) row.value = 'none';
    server.use(http.post(QUERY, () => HttpResponse.json(answer)));
    await expect(open().query('x')).rejects.toMatchObject({ kind: 'shape' });
  });
});

describe('an odd series in a cloud', () => {
  const served = servedCloud({ hosts: 6, servers: 20, audits: 2 });

  it('is counted under Prometheus by its labels, and the other hosts stay measured', async () => {
    served.server.use(
      http.post(/\/prometheus\/api\/v1\/query$/, async ({ request }) => {
        const answer: Json = await (await served.simulation.answer(request)).json();
        const spoilt = answer.data.result.find(({ metric }: Json) => metric.m === 'idle');
        if (spoilt) spoilt.value = null;
        return HttpResponse.json(answer);
      }),
    );
    const { region } = (await ask('overview')).body;
    expect(region).toMatchObject({ hosts_total: 6, hosts_measured: 5 });
    const { sources } = (await ask('sources')).body;
    const { status, unreadable } = sources.find(({ name }: Json) => name === 'Prometheus');
    expect([status, unreadable]).toEqual([
      'ok',
      [expect.objectContaining({ request: 'a query', lost: 'row', example: expect.stringContaining('instance=') })],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';

/** Checks the dashboard's responses about the configured cloud against the contract and against each other. */

const get = async (name: EndpointName, query = '', params: Record<string, string> = {}) => {
  // Responses are cached by their address, so it has to be the real one.
  const path = Object.entries(params).reduce(
    (address, [key, value]) => address.replace(`{${key}}`, value),
    ENDPOINTS[name].path as string,
  );
  const response = await ANSWERS[name](new Request(`http://visio.test${path}${query}`), {
    params: Promise.resolve(params),
  });
  const body = await response.json();
  expect(response.status, JSON.stringify(body).slice(0, 300)).toBe(200);
  z.decode<z.ZodType>(ENDPOINTS[name].answer, body);
  return { body };
};

describe('the configured cloud', () => {
  it('has five sources that all respond', async () => {
    const { body } = await get('sources');
    expect(body.sources.map(({ name, status }: { name: string; status: string }) => [name, status])).toEqual([
      ['Keystone', 'ok'],
      ['Nova', 'ok'],
      ['Placement', 'ok'],
      ['Watcher', 'ok'],
      ['Prometheus', 'ok'],
    ]);
  });

  it('has consistent stats in the promised form', async () => {
    const { body } = await get('stats');
    expect(body.pcpu.total).toBeCloseTo(body.pcpu.usage + body.pcpu.free, 1);
    expect(body.vcpu.total).toBe(body.vcpu.allocated + body.vcpu.free);
    expect(body.vm.active + body.vm.stopped).toBeLessThanOrEqual(body.vm.count);
  });

  it('has audits in the promised form, with lists of equal length', async () => {
    const { body } = await get('audits');
    for (const audit of body.audits) {
      const [labels, current, projected] = ['host_labels', 'cpu_current', 'cpu_projected'].map((key) =>
        JSON.parse(audit[key]),
      );
      expect([current.length, projected.length], audit.name).toEqual([labels.length, labels.length]);
    }
  });

  it('has consistent details for every audit', async () => {
    const { body } = await get('auditList', '?limit=1000');
    for (const { id } of body.audits) {
      const { body: detail } = await get('audit', '', { id });
      const { projection, migrations } = detail;
      expect(projection.coverage.moves).toBe(migrations.length);
      const leftOut = projection.coverage.left_out.reduce(
        (sum: number, { count }: { count: number }) => sum + count,
        0,
      );
      expect(projection.coverage.projected + leftOut).toBe(migrations.length);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { get } from './product';

/** Checks the dashboard's responses about the configured cloud against the contract and against each other. */

describe('the configured cloud', () => {
  it('has five sources that all respond', async () => {
    const { sources } = await get('sources');
    expect(sources.map(({ name, status }) => [name, status])).toEqual([
      ['Keystone', 'ok'],
      ['Nova', 'ok'],
      ['Placement', 'ok'],
      ['Watcher', 'ok'],
      ['Prometheus', 'ok'],
    ]);
  });

  it('has consistent stats in the promised form', async () => {
    const body = await get('stats');
    expect(body.pcpu.total).toBeCloseTo(body.pcpu.usage + body.pcpu.free, 1);
    expect(body.vcpu.total).toBe(body.vcpu.allocated + body.vcpu.free);
    expect(body.vm.active + body.vm.stopped).toBeLessThanOrEqual(body.vm.count);
  });

  it('has audits in the promised form, with lists of equal length', async () => {
    const { audits } = await get('audits');
    for (const { name, host_labels: labels, cpu_current: now, cpu_projected: after } of audits) {
      expect([now.length, after.length], name).toEqual([labels.length, labels.length]);
    }
  });

  it('has consistent details for every audit', async () => {
    const { audits } = await get('auditList', '?limit=1000');
    for (const { id } of audits) {
      const { projection, migrations } = await get('audit', '', { id });
      if (!projection) continue;
      expect(projection.coverage.moves).toBe(migrations.length);
      const leftOut = projection.coverage.left_out.reduce((sum, { count }) => sum + count, 0);
      expect(projection.coverage.projected + leftOut).toBe(migrations.length);
    }
  });
});

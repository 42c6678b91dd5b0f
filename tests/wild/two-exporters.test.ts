import { describe, expect, it } from 'vitest';
import { ask, servedCloud } from '../routes/served-cloud';
import { examined, withExporters } from './cloud';

/** Two openstack-exporters in one Prometheus: of one cloud, or of two whose hosts have the same names. */

const served = servedCloud({}, { CAPACITY_SOURCE: 'openstack-exporter' });

describe('two openstack-exporters', () => {
  it('of one cloud count once', async () => {
    served.serve({ hosts: 4, servers: 40 });
    const { body: alone } = await ask('overview');
    served.serve(withExporters({ instance: '10.10.0.2:9198' }, (value) => value));
    const { body } = await ask('overview');
    expect([body.vcpu, body.vram]).toEqual([alone.vcpu, alone.vram]);
    expect(body.vcpu.total).toBeGreaterThan(0);
    expect((await examined('exported-placement')).status).toBe('ok');
  });

  it('of two clouds give no host a number, and the reason names the setting', async () => {
    served.serve(withExporters({ region: 'south' }, (value) => Math.floor(value / 2)));
    const { body } = await ask('overview');
    expect(body.vcpu).toMatchObject({
      total: null,
      allocated: null,
      reason:
        'Exporters of several clouds disagree about 4 hosts, such as cmp-r01-01.sim.example: set METRICS_OPENSTACK_SELECTOR to this cloud’s.',
    });
    expect(await examined('exported-placement')).toMatchObject({
      status: 'error',
      fix: expect.stringContaining('METRICS_OPENSTACK_SELECTOR'),
    });
  });

  it('of two clouds are told apart by METRICS_OPENSTACK_SELECTOR', async () => {
    served.serve({ hosts: 4, servers: 40 });
    const { body: alone } = await ask('overview');
    served.configure({ METRICS_OPENSTACK_SELECTOR: 'region=""' });
    served.serve(withExporters({ region: 'south' }, (value) => Math.floor(value / 2)));
    const { body } = await ask('overview');
    expect(body.vcpu.total).toBe(alone.vcpu.total);
  });
});

import { expect, it } from 'vitest';
import { cachedReading } from '@/lib/dashboard/collect/readings';
import { expectBackground } from '@/lib/dashboard/process/background-mode';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { isOpen } from '@/lib/domain/plans/states';
import type { SimHost } from '@/lib/simulation/model';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 4, servers: 120 });

it('a plan that was made since VMs were last measured is shown with measured use', async () => {
  const { cloud, occupancy } = served.simulation;
  const audit = cloud.audits.find(({ id }) => cloud.plans.some((plan) => plan.auditId === id && isOpen(plan.state)));
  const plan = cloud.plans.find(({ auditId }) => auditId === audit?.id);
  const moved = new Set(cloud.plans.flatMap(({ actions }) => actions.map(({ parameters }) => parameters.resource_id)));
  const unmovedOn = (host: SimHost) =>
    occupancy.guests(host, Date.now()).filter(({ id, status }) => status === 'ACTIVE' && !moved.has(id));
  const from = cloud.hosts.find((host) => host.up && unmovedOn(host).length > 1);
  const to = cloud.hosts.find((host) => host.up && host !== from);
  if (!from || !to || !audit || !plan) throw new Error('The cloud has no open plan, or its plans move every VM.');
  const unmoved = unmovedOn(from);
  expectBackground();
  await ask('audit', { params: { id: audit.id } });
  cloud.audits.unshift({
    ...audit,
    id: '00000000-0000-4000-8000-00000000000a',
    name: 'just-made',
    createdAt: Date.now(),
  });
  cloud.plans.unshift({
    ...plan,
    id: '00000000-0000-4000-8000-00000000000b',
    auditId: '00000000-0000-4000-8000-00000000000a',
    state: 'RECOMMENDED',
    createdAt: Date.now(),
    updatedAt: null,
    actions: unmoved.map(({ id, name }, i) => ({
      id: `00000000-0000-4000-8000-0000000001${String(i).padStart(2, '0')}`,
      type: 'migrate',
      state: 'PENDING',
      parameters: {
        migration_type: 'live',
        source_node: from.name,
        destination_node: to.name,
        resource_id: id,
        resource_name: name,
      },
      parents: [],
      statusMessage: null,
    })),
  });
  await (await cachedReading(defaultRegion().id, 'optimizer')).refresh();
  const { projection } = (await ask('audit', { params: { id: 'just-made' } })).body;
  expect(projection).toMatchObject({
    confidence: 'measured',
    coverage: { measured: unmoved.length, estimated: 0 },
  });
});

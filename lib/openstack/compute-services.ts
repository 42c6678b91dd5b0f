import { z } from 'zod';
import { rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import type { ComputeService } from './records';
import type { Session } from './session';
import { optionalText, optionalTime } from './wire';

/** Nova's services on its hosts: what closes and opens a host for new VMs. */

/** 2.53 has UUIDs, by which services are changed. */
const VERSION: VersionNeed = { min: [2, 53], max: [2, 96] };

/** https://docs.openstack.org/api-ref/compute/#list-compute-services */
const serviceSchema = z
  .object({
    id: z.string(),
    host: z.string(),
    status: optionalText(),
    state: optionalText(),
    disabled_reason: optionalText(),
    updated_at: optionalTime(),
  })
  .transform(
    (wire): ComputeService => ({
      id: wire.id,
      host: wire.host,
      isOpen: wire.status === 'enabled',
      isUp: wire.state === 'up',
      reason: wire.disabled_reason || null,
      seenAt: wire.updated_at,
    }),
  );

const servicesSchema = z.object({ services: rowsOf(serviceSchema) });

/** The nova-compute of every host. @throws SourceError of Keystone or Nova */
export async function listComputeServices(session: Session): Promise<ComputeService[]> {
  const { services } = await session.read({
    service: 'nova',
    path: 'os-services',
    query: { binary: 'nova-compute' },
    schema: servicesSchema,
    version: VERSION,
  });
  return services;
}

/** The nova-compute of a host; null if Nova has none. @throws SourceError of Keystone or Nova */
export async function readComputeService(session: Session, host: string): Promise<ComputeService | null> {
  const { services } = await session.read({
    service: 'nova',
    path: 'os-services',
    query: { binary: 'nova-compute', host },
    schema: servicesSchema,
    version: VERSION,
  });
  return services.find((service) => service.host === host) ?? null;
}

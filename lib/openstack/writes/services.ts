import type { VersionNeed } from '../microversions';
import type { Write, Written } from './writer';

/** 2.53 changes services by their UUID. */
const VERSION: VersionNeed = { min: [2, 53], max: [2, 96] };

/**
 * Keeps new VMs from a host. Those that run on it stay. A reason that is there already is overwritten.
 * https://docs.openstack.org/api-ref/compute/#update-compute-service
 *
 * @param serviceId UUID of its nova-compute
 * @param reason at most 255 characters
 */
export const closeService = (
  write: Write,
  { serviceId, reason }: { serviceId: string; reason: string },
): Promise<Written> =>
  write({
    service: 'nova',
    method: 'PUT',
    path: `os-services/${encodeURIComponent(serviceId)}`,
    body: { status: 'disabled', disabled_reason: reason },
    version: VERSION,
    what: 'close the host',
  });

/** Lets new VMs in again, and clears the reason. Nothing moves back by itself. */
export const openService = (write: Write, serviceId: string): Promise<Written> =>
  write({
    service: 'nova',
    method: 'PUT',
    path: `os-services/${encodeURIComponent(serviceId)}`,
    body: { status: 'enabled' },
    version: VERSION,
    what: 'open the host',
  });

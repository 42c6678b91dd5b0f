import { SOURCE_NAMES, SourceError } from '../errors';
import type { CloudSettings, EndpointInterface } from './clouds';
import type { Catalog } from './keystone';

export type Service = 'nova' | 'placement' | 'watcher';

/** Types in the catalog. https://service-types.openstack.org */
const TYPES: Record<Service, string> = { nova: 'compute', placement: 'placement', watcher: 'infra-optim' };

export type WatcherNaming = {
  /** Name or type in the catalog, where it is not `infra-optim`. */
  endpointName?: string;
  interfaceName?: string;
};

export type Endpoint = { url: string; region: string | null };

/**
 * Where a service is: the override, else the catalog's endpoint of the type (or name), interface and region.
 *
 * @throws SourceError of kind `missing` that says which part of the search found nothing
 */
export function findEndpoint(
  service: Service,
  catalog: Catalog,
  cloud: CloudSettings,
  watcher: WatcherNaming,
): Endpoint {
  const type = TYPES[service];
  const override = cloud.endpointOverrides[type];
  if (override) return { url: complete(service, override), region: cloud.region };
  const wanted = (service === 'watcher' && watcher.endpointName) || type;
  const wantedInterface = (service === 'watcher' && toInterface(watcher.interfaceName)) || cloud.interface;
  const entries = catalog.filter((entry) => entry.type === wanted);
  const services = entries.length > 0 ? entries : catalog.filter((entry) => entry.name === wanted);
  const name = SOURCE_NAMES[service];
  if (services.length === 0) {
    throw new SourceError(
      service,
      'missing',
      `The catalog has no service ${wanted}: ${name} is not installed, or is called otherwise.`,
    );
  }
  const endpoints = services
    .flatMap((entry) => entry.endpoints)
    .filter((endpoint) => endpoint.interface === wantedInterface);
  if (endpoints.length === 0) {
    throw new SourceError(service, 'missing', `The catalog has no ${wantedInterface} endpoint of ${name}.`);
  }
  const endpoint = endpoints.find(
    ({ region_id, region }) => cloud.region === null || cloud.region === (region_id ?? region),
  );
  if (!endpoint) {
    throw new SourceError(
      service,
      'missing',
      `The catalog has no ${wantedInterface} endpoint of ${name} in region ${cloud.region}.`,
    );
  }
  return { url: complete(service, endpoint.url), region: endpoint.region_id ?? endpoint.region ?? null };
}

/** Watcher's address in the catalog carries no version; its API starts at /v1. */
function complete(service: Service, url: string): string {
  const base = url.replace(/\/+$/, '');
  return service === 'watcher' && !/\/v1$/.test(base) ? `${base}/v1` : base;
}

/** Where a service tells its versions without a token: above any version and project in the path. */
export function versionRoot(endpointUrl: string): string {
  return endpointUrl.replace(/\/v\d+(\.\d+)?(\/[0-9a-f-]+)?\/?$/, '').replace(/\/+$/, '');
}

function toInterface(name: string | undefined): EndpointInterface | undefined {
  const plain = name?.replace(/URL$/, '');
  if (plain === undefined || plain === 'public' || plain === 'internal' || plain === 'admin') return plain;
  throw new SourceError('watcher', 'config', 'WATCHER_INTERFACE_NAME is none of public, internal and admin.');
}

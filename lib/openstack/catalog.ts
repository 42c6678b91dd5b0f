import { SOURCE_NAMES, SourceError } from '../errors';
import type { CloudSettings, EndpointInterface } from './clouds';
import type { Catalog } from './keystone';

export type Service = 'nova' | 'placement' | 'watcher';

/** Catalog types, the official one first. https://service-types.openstack.org */
const TYPES: Record<Service, readonly [string, ...string[]]> = {
  nova: ['compute'],
  placement: ['placement'],
  watcher: ['infra-optim', 'resource-optimization'],
};

export type WatcherNaming = {
  /** Name or type in the catalog, if not `infra-optim`. */
  endpointName?: string;
  interfaceName?: string;
};

export type Endpoint = { url: string; region: string | null };

/**
 * Finds a service's endpoint: the override, or else the catalog's endpoint with the type (or name), interface and region.
 *
 * @throws SourceError of kind `missing` that says which part of the search found nothing, or `config` if the region is
 * ambiguous
 */
export function findEndpoint(
  service: Service,
  catalog: Catalog,
  { cloud, watcher = {} }: { cloud: CloudSettings; watcher?: WatcherNaming },
): Endpoint {
  const types = TYPES[service];
  const [override] = types.flatMap((type) => cloud.endpointOverrides[type] ?? []);
  if (override !== undefined) return { url: complete(service, override), region: cloud.region };
  const naming = service === 'watcher' ? watcher : {};
  const wanted = naming.endpointName === undefined ? types : [naming.endpointName];
  const wantedInterface = toInterface(naming.interfaceName) ?? cloud.interface;
  const name = SOURCE_NAMES[service];
  const missing = (message: string) => new SourceError(service, 'missing', message);

  const byType = catalog.filter(({ type }) => wanted.includes(type));
  const entries = byType.length > 0 ? byType : catalog.filter((entry) => wanted.includes(entry.name ?? ''));
  if (entries.length === 0) {
    throw missing(`The catalog has no service ${wanted[0]}: ${name} is not installed or has another name.`);
  }
  const endpoints = entries
    .flatMap((entry) => entry.endpoints)
    .filter((endpoint) => endpoint.interface === wantedInterface)
    .map(({ url, region_id, region }): Endpoint => ({ url, region: region_id ?? region ?? null }));
  if (endpoints.length === 0) throw missing(`The catalog has no ${wantedInterface} endpoint for ${name}.`);
  const regions = [...new Set(endpoints.map(({ region }) => region))];
  if (cloud.region === null && regions.length > 1) {
    throw new SourceError(
      service,
      'config',
      `The catalog has ${name} in several regions: set region_name (OS_REGION_NAME) to one of ${regions.join(', ')}.`,
    );
  }
  const endpoint = endpoints.find(({ region }) => cloud.region === null || cloud.region === region);
  if (!endpoint) {
    throw missing(`The catalog has no ${wantedInterface} endpoint for ${name} in region ${cloud.region}.`);
  }
  if (!/^https?:\/\//.test(endpoint.url)) {
    throw missing(`The catalog's ${wantedInterface} endpoint for ${name} is not an http or https address.`);
  }
  return { ...endpoint, url: complete(service, endpoint.url) };
}

/** Watcher's catalog address has no version; its API starts at /v1. */
function complete(service: Service, url: string): string {
  const base = url.replace(/\/+$/, '');
  return service === 'watcher' && !/\/v1$/.test(base) ? `${base}/v1` : base;
}

/**
 * Addresses of a service's version documents, in the order to try. Nova also has one at its endpoint (without a project
 * id), which works behind proxies that block the root; the others only have one at the root.
 */
export function versionDocuments(service: Service, endpointUrl: string): string[] {
  const [, root = '', version = ''] = /^(.*?)(\/v\d+(?:\.\d+)?)?(?:\/[0-9a-f-]{32,36})?\/*$/.exec(endpointUrl) ?? [];
  const top = `${root}/`;
  return service === 'nova' && version !== '' ? [`${root}${version}/`, top] : [top];
}

function toInterface(name: string | undefined): EndpointInterface | undefined {
  const plain = name?.replace(/URL$/, '');
  if (plain === undefined || plain === 'public' || plain === 'internal' || plain === 'admin') return plain;
  throw new SourceError('watcher', 'config', 'WATCHER_INTERFACE_NAME must be public, internal or admin.');
}

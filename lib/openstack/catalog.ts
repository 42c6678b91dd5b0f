import { SOURCE_NAMES, SourceError } from '../errors';
import type { CloudSettings, EndpointInterface } from './clouds';
import type { Catalog } from './keystone';

export type Service = 'nova' | 'placement' | 'watcher';

/** Types in the catalog, the usual one first. https://service-types.openstack.org */
const TYPES: Record<Service, readonly [string, ...string[]]> = {
  nova: ['compute'],
  placement: ['placement'],
  watcher: ['infra-optim', 'resource-optimization'],
};

export type WatcherNaming = {
  /** Name or type in the catalog, where it is not `infra-optim`. */
  endpointName?: string;
  interfaceName?: string;
};

export type Endpoint = { url: string; region: string | null };

/**
 * Where a service is: the override, else the catalog's endpoint of the type (or name), interface and region.
 *
 * @throws SourceError of kind `missing` that says which part of the search found nothing, or `config` where the region has
 * to be chosen
 */
export function findEndpoint(
  service: Service,
  catalog: Catalog,
  cloud: CloudSettings,
  watcher: WatcherNaming,
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
    throw missing(`The catalog has no service ${wanted[0]}: ${name} is not installed, or is called otherwise.`);
  }
  const endpoints = entries
    .flatMap((entry) => entry.endpoints)
    .filter((endpoint) => endpoint.interface === wantedInterface)
    .map(({ url, region_id, region }): Endpoint => ({ url, region: region_id ?? region ?? null }));
  if (endpoints.length === 0) throw missing(`The catalog has no ${wantedInterface} endpoint of ${name}.`);
  const regions = [...new Set(endpoints.map(({ region }) => region))];
  if (cloud.region === null && regions.length > 1) {
    throw new SourceError(
      service,
      'config',
      `The catalog has ${name} in several regions: region_name (OS_REGION_NAME) has to name one of ${regions.join(', ')}.`,
    );
  }
  const endpoint = endpoints.find(({ region }) => cloud.region === null || cloud.region === region);
  if (!endpoint) {
    throw missing(`The catalog has no ${wantedInterface} endpoint of ${name} in region ${cloud.region}.`);
  }
  if (!/^https?:\/\//.test(endpoint.url)) {
    throw missing(`The catalog's ${wantedInterface} endpoint of ${name} is not an http or https address.`);
  }
  return { ...endpoint, url: complete(service, endpoint.url) };
}

/** Watcher's address in the catalog carries no version; its API starts at /v1. */
function complete(service: Service, url: string): string {
  const base = url.replace(/\/+$/, '');
  return service === 'watcher' && !/\/v1$/.test(base) ? `${base}/v1` : base;
}

/**
 * Where a service may tell its versions, in the order of asking. Nova tells them at its endpoint too (a project id in the
 * path cut off), which works where a proxy does not pass on what is above; the others only above any version.
 */
export function versionDocuments(service: Service, endpointUrl: string): string[] {
  const [, root = '', version = ''] = /^(.*?)(\/v\d+(?:\.\d+)?)?(?:\/[0-9a-f-]{32,36})?\/*$/.exec(endpointUrl) ?? [];
  const above = `${root}/`;
  return service === 'nova' && version !== '' ? [`${root}${version}/`, above] : [above];
}

function toInterface(name: string | undefined): EndpointInterface | undefined {
  const plain = name?.replace(/URL$/, '');
  if (plain === undefined || plain === 'public' || plain === 'internal' || plain === 'admin') return plain;
  throw new SourceError('watcher', 'config', 'WATCHER_INTERFACE_NAME is none of public, internal and admin.');
}

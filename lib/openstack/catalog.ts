import { SOURCE_NAMES, SourceError } from '../errors';
import type { EndpointInterface, ServiceChoice } from './cloud-services';
import type { CloudSettings } from './clouds';
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
  const choice = choiceOf(types, cloud);
  const region = choice.region ?? cloud.region;
  if (choice.endpoint !== undefined) return { url: complete(service, choice.endpoint), region };
  const naming = service === 'watcher' ? watcher : {};
  const wanted: readonly string[] = [naming.endpointName ?? choice.type ?? types].flat();
  const given = toInterface(naming.interfaceName);
  const interfaces = given === undefined ? (choice.interfaces ?? cloud.interfaces) : [given];
  const name = SOURCE_NAMES[service];
  const missing = (message: string) => new SourceError(service, 'missing', message);

  const byType = catalog.filter(({ type }) => wanted.includes(type));
  const ofType = byType.length > 0 ? byType : catalog.filter((entry) => wanted.includes(entry.name ?? ''));
  const entries = ofType.filter((entry) => choice.name === undefined || entry.name === choice.name);
  if (entries.length === 0) {
    const what = ofType.length === 0 ? wanted[0] : `${wanted[0]} named ${choice.name}`;
    throw missing(`The catalog has no service ${what}: ${name} is not installed or has another name.`);
  }
  const offered = entries
    .flatMap((entry) => entry.endpoints)
    .filter((one) => interfaces.some((i) => i === one.interface));
  if (offered.length === 0) throw missing(`The catalog has no ${interfaces.join(' or ')} endpoint for ${name}.`);
  const regionOf = (one: (typeof offered)[number]) => one.region_id ?? one.region ?? null;
  const regions = [...new Set(offered.map(regionOf))];
  if (region === null && regions.length > 1) {
    throw new SourceError(
      service,
      'config',
      `The catalog has ${name} in several regions: set region_name (OS_REGION_NAME) to one of ${regions.join(', ')}.`,
    );
  }
  const inRegion = offered.filter((one) => region === null || regionOf(one) === region);
  const [found] = interfaces.flatMap(
    (wantedInterface) => inRegion.find((one) => one.interface === wantedInterface) ?? [],
  );
  if (!found) throw missing(`The catalog has no ${interfaces.join(' or ')} endpoint for ${name} in region ${region}.`);
  const endpoint: Endpoint = { url: found.url, region: regionOf(found) };
  if (!/^https?:\/\//.test(endpoint.url)) {
    throw missing(`The catalog's ${found.interface} endpoint for ${name} is not an http or https address.`);
  }
  return { ...endpoint, url: complete(service, endpoint.url) };
}

/** What the settings say about a service, under any of its types; the official one wins. */
const choiceOf = (types: readonly string[], { services }: CloudSettings): ServiceChoice =>
  Object.assign({}, ...types.toReversed().map((type) => services[type] ?? {}));

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

import { type CloudKeys, nameKey, textOf, wrong } from './config-values';

export type EndpointInterface = 'public' | 'internal' | 'admin';

/** How one service is found in the catalog; what is undefined is the cloud's or the usual. */
export type ServiceChoice = {
  /** Its address, so that the catalog is not searched. */
  endpoint?: string;
  /** In order of preference. */
  interfaces?: EndpointInterface[];
  region?: string;
  /** In the catalog. */
  name?: string;
  type?: string;
};

/** Catalog types whose keys are read. https://service-types.openstack.org */
const TYPES = ['compute', 'placement', 'infra-optim', 'resource-optimization'];

/** The keys of single services, such as `compute_endpoint_override`, by catalog type. @throws SourceError of kind `config` */
export function loadServices(keys: CloudKeys): Record<string, ServiceChoice> {
  const services: Record<string, ServiceChoice> = {};
  for (const type of TYPES) {
    const choice: ServiceChoice = {};
    const find = (...names: string[]) =>
      names.map((name) => `${type.replaceAll('-', '_')}_${name}`).find((key) => isGiven(keys.values[key]));
    const endpoint = find('endpoint_override', 'endpoint');
    if (endpoint !== undefined) choice.endpoint = addressOf(keys, endpoint);
    const interfaces = find('interface', 'endpoint_type');
    if (interfaces !== undefined) choice.interfaces = interfacesOf(keys, interfaces);
    for (const [field, suffix] of TEXTS) {
      const key = find(suffix);
      if (key !== undefined) choice[field] = textOf(keys, key);
    }
    if (Object.keys(choice).length > 0) services[type] = choice;
  }
  return services;
}

const TEXTS = [
  ['region', 'region_name'],
  ['name', 'service_name'],
  ['type', 'service_type'],
] as const;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Names such as public or publicURL; openstacksdk also takes a list in order of preference. */
export function interfacesOf(keys: CloudKeys, key: string): EndpointInterface[] {
  const value = keys.values[key];
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return names.map((given): EndpointInterface => {
    const name = String(given).replace(/URL$/, '');
    if (name === 'public' || name === 'internal' || name === 'admin') return name;
    throw wrong(`${nameKey(keys, key)} must be public, internal or admin.`);
  });
}

/** An address, in which other keys may be named: `https://{region_name}.example`. */
export function addressOf(keys: CloudKeys, key: string): string {
  const written = textOf(keys, key)?.trim() ?? '';
  const address = written.replace(/\{(\w+)\}/g, (whole, name: string) => textOf(keys, name) ?? whole);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw wrong(`${nameKey(keys, key)} is not an http or https address.`);
  return address;
}

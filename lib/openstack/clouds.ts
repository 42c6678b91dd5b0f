import type { Tls } from '../connections';
import { type CloudAuth, resolveAuth } from './cloud-auth';
import { type CloudFiles, readCloudFiles } from './cloud-files';
import { addressOf, type EndpointInterface, interfacesOf, loadServices, type ServiceChoice } from './cloud-services';
import { loadTls } from './cloud-tls';
import { type CloudVariables, keysOfVariables, withVariables } from './cloud-variables';
import { type CloudKeys, missing, wrong } from './config-values';

export type CloudSettings = {
  /** Ends in /v3. */
  authUrl: string;
  auth: CloudAuth;
  region: string | null;
  /** In order of preference. */
  interfaces: EndpointInterface[];
  tls: Tls | undefined;
  /** By catalog type. */
  services: Record<string, ServiceChoice>;
};

/** openstacksdk's name for the cloud that the variables describe. */
const VARIABLES_CLOUD = 'envvars';

/**
 * Resolves the settings from a cloud in clouds.yaml or from OS_* variables. The file is used if OS_CLOUD names a cloud, or
 * if OS_AUTH_URL is unset and the file has only one cloud. With a file, the variables still override region, interface,
 * addresses of services and TLS, and supply a secret that the file lacks; the other variables are ignored.
 *
 * @throws SourceError of kind `config` that names the variable, or the key with its file and line, never its value
 */
export function loadCloud(variables: CloudVariables, files: CloudFiles): CloudSettings {
  const found = usesFiles(variables) ? readCloudFiles(variables, files) : null;
  const keys = found ? withVariables(found, variables) : keysOfVariables(variables);
  const region = found ? found.region : (variables.OS_REGION_NAME ?? null);
  const known: CloudKeys = { ...keys, values: { ...keys.values, region_name: region } };
  if (!known.values.auth_url) {
    if (found) throw missing(known, 'auth_url', 'neither the cloud nor its profile in clouds-public.yaml has it');
    throw wrong(
      'The cloud is not configured: set OS_CLOUD to use a clouds.yaml, or OS_AUTH_URL and the other OS_ variables.',
    );
  }
  return {
    authUrl: toV3(addressOf(known, 'auth_url')),
    auth: resolveAuth(known),
    region,
    interfaces: firstInterfaces(known),
    tls: loadTls(known, files),
    services: loadServices(known),
  };
}

const nameOfVariables = ({ OS_CLOUD_NAME: name }: CloudVariables) => name ?? VARIABLES_CLOUD;

function usesFiles(variables: CloudVariables): boolean {
  if (variables.OS_CLOUD === nameOfVariables(variables)) return false;
  return variables.OS_CLOUD !== undefined || variables.OS_AUTH_URL === undefined;
}

/** A region of a cloud. `region`: null if the cloud has one that only its catalog names. */
export type CloudRegion = { cloud: string; region: string | null };

/**
 * Every region that the settings name: those in OS_REGION_NAME, or else those that clouds.yaml names for the
 * clouds in OS_CLOUD; both may be several names, separated by commas. At least one; the first is the default.
 *
 * @throws SourceError of kind `config` as `loadCloud`
 */
export function listCloudRegions(variables: CloudVariables, files: CloudFiles): CloudRegion[] {
  const wanted = listNames(variables.OS_REGION_NAME);
  const clouds = listNames(variables.OS_CLOUD);
  const all = (clouds.length === 0 ? [undefined] : clouds).flatMap((name): CloudRegion[] => {
    const ofCloud = { ...variables, OS_CLOUD: name, OS_REGION_NAME: undefined };
    const found = usesFiles(ofCloud) ? readCloudFiles({ ...ofCloud, OS_REGION_NAME: wanted[0] }, files) : null;
    const cloud = found?.cloud.name ?? name ?? nameOfVariables(variables);
    const listed = wanted.length > 0 ? wanted : (found?.regions ?? []);
    const regions = listed.length > 0 ? listed : [found?.region ?? null];
    return regions.map((region) => ({ cloud, region }));
  });
  const isFirst = ({ cloud, region }: CloudRegion, at: number) =>
    all.findIndex((other) => other.cloud === cloud && other.region === region) === at;
  return all.filter(isFirst);
}

const listNames = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(',').flatMap((name) => name.trim() || [])),
];

function firstInterfaces(keys: CloudKeys): EndpointInterface[] {
  const key = ['interface', 'endpoint_type'].find((name) => keys.values[name]);
  return key === undefined ? ['public'] : interfacesOf(keys, key);
}

function toV3(url: string): string {
  const base = url.replace(/\/+$/, '').replace(/\/v2\.0$/, '');
  return base.endsWith('/v3') ? base : `${base}/v3`;
}

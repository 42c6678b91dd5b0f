import type { Tls } from '../http';
import { type CloudAuth, resolveAuth } from './cloud-auth';
import { type CloudFiles, readCloudFiles } from './cloud-files';
import { type Config, record, text, wrong } from './config-values';

/** What the environment says of the cloud; every field as OpenStack clients know it from OS_*. */
export type CloudVariables = {
  cloud?: string;
  clientConfigFile?: string;
  clientSecureFile?: string;
  authUrl?: string;
  authType?: string;
  username?: string;
  userId?: string;
  password?: string;
  projectName?: string;
  projectId?: string;
  userDomainName?: string;
  userDomainId?: string;
  projectDomainName?: string;
  projectDomainId?: string;
  defaultDomain?: string;
  applicationCredentialId?: string;
  applicationCredentialName?: string;
  applicationCredentialSecret?: string;
  token?: string;
  regionName?: string;
  interface?: string;
  cacert?: string;
  cert?: string;
  key?: string;
  insecure?: boolean;
  /** Address of a service by its type in the catalog. */
  endpointOverrides?: Record<string, string>;
};

export type EndpointInterface = 'public' | 'internal' | 'admin';

export type CloudSettings = {
  /** Ends in /v3. */
  authUrl: string;
  auth: CloudAuth;
  region: string | null;
  interface: EndpointInterface;
  tls: Tls | undefined;
  /** Address of a service by its type in the catalog. */
  endpointOverrides: Record<string, string>;
};

/**
 * Resolves what people have as it is: a cloud of clouds.yaml, or OS_* variables. A file counts where OS_CLOUD names its
 * cloud, or where it has only one and OS_AUTH_URL is not set. Beside a file, the environment still decides region,
 * interface and TLS, and gives the secret that the file leaves out; everything else of it is ignored.
 *
 * @throws SourceError of kind `config` that names the variable or key, never its value
 */
export function loadCloud(variables: CloudVariables, files: CloudFiles): CloudSettings {
  const useFiles = variables.cloud !== undefined || variables.authUrl === undefined;
  const chosen = useFiles ? readCloudFiles(variables, files) : null;
  const config = chosen?.config ?? {};
  // Like openstacksdk, also takes what people wrote beside `auth` instead of into it.
  const auth = chosen ? { ...secrets(variables), ...config, ...record(config.auth) } : environmentAuth(variables);
  const authUrl = text(auth.auth_url);
  if (!authUrl) {
    throw wrong(
      chosen
        ? `The cloud ${chosen.name} of clouds.yaml has no auth_url, and no known profile gives it one.`
        : 'The cloud is not configured: set OS_CLOUD for a clouds.yaml, or OS_AUTH_URL and the other OS_ variables.',
    );
  }
  if (!/^https?:\/\//.test(authUrl)) throw wrong('auth_url (OS_AUTH_URL) is not an http or https address.');
  return {
    authUrl: toV3(authUrl),
    auth: resolveAuth(auth, chosen ? text(config.auth_type) : variables.authType, variables.defaultDomain),
    region: variables.regionName ?? regionOf(config),
    interface: toInterface(variables.interface ?? config.interface ?? config.endpoint_type),
    tls: loadTls(variables, config, files),
    endpointOverrides: { ...fileOverrides(config), ...variables.endpointOverrides },
  };
}

const secrets = (variables: CloudVariables): Config => ({
  password: variables.password,
  application_credential_secret: variables.applicationCredentialSecret,
  token: variables.token,
});

const environmentAuth = (variables: CloudVariables): Config => ({
  ...secrets(variables),
  auth_url: variables.authUrl,
  username: variables.username,
  user_id: variables.userId,
  project_name: variables.projectName,
  project_id: variables.projectId,
  user_domain_name: variables.userDomainName,
  user_domain_id: variables.userDomainId,
  project_domain_name: variables.projectDomainName,
  project_domain_id: variables.projectDomainId,
  application_credential_id: variables.applicationCredentialId,
  application_credential_name: variables.applicationCredentialName,
});

/** `region_name`, or the first of `regions`: names, or records with a name. */
function regionOf(config: Config): string | null {
  const first: unknown = Array.isArray(config.regions) ? config.regions[0] : undefined;
  return text(config.region_name) ?? text(first) ?? text(record(first).name) ?? null;
}

/** One name, `publicURL` too, or openstacksdk's list in order of preference, of which the first counts. */
function toInterface(value: unknown): EndpointInterface {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null) return 'public';
  const name = String(first).replace(/URL$/, '');
  if (name === 'public' || name === 'internal' || name === 'admin') return name;
  throw wrong('interface (OS_INTERFACE) is none of public, internal and admin.');
}

function loadTls(variables: CloudVariables, config: Config, files: CloudFiles): Tls | undefined {
  const pem = (name: 'cacert' | 'cert' | 'key'): string | undefined => {
    const path = variables[name] ?? text(config[name]);
    if (path === undefined) return undefined;
    const content = files.read(path.replace(/^~(?=\/)/, files.home));
    if (content === undefined) throw wrong(`The file that ${name} (OS_${name.toUpperCase()}) names can't be read.`);
    return content;
  };
  const ca = pem('cacert');
  const cert = pem('cert');
  // Without a key of its own the certificate's file holds both, as for Python's requests.
  const key = pem('key') ?? cert;
  const verify = !(variables.insecure === true || config.verify === false || config.insecure === true);
  return ca === undefined && cert === undefined && verify ? undefined : { ca, cert, key, verify };
}

function fileOverrides(config: Config): Record<string, string> {
  const suffix = '_endpoint_override';
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.endsWith(suffix) && typeof value === 'string'
        ? [[key.slice(0, -suffix.length).replaceAll('_', '-'), value]]
        : [],
    ),
  );
}

function toV3(url: string): string {
  const base = url.replace(/\/+$/, '').replace(/\/v2\.0$/, '');
  return base.endsWith('/v3') ? base : `${base}/v3`;
}

import type { Tls } from '../http';
import { type CloudAuth, resolveAuth } from './cloud-auth';
import { type CloudFiles, readCloudFiles } from './cloud-files';
import { type Config, record, text, wrong } from './config-values';

/** The OS_* variables, as every OpenStack client knows them. */
export type CloudVariables = {
  OS_CLOUD?: string;
  OS_CLIENT_CONFIG_FILE?: string;
  OS_CLIENT_SECURE_FILE?: string;
  OS_AUTH_URL?: string;
  OS_AUTH_TYPE?: string;
  OS_USERNAME?: string;
  OS_USER_ID?: string;
  OS_PASSWORD?: string;
  OS_PROJECT_NAME?: string;
  OS_PROJECT_ID?: string;
  OS_USER_DOMAIN_NAME?: string;
  OS_USER_DOMAIN_ID?: string;
  OS_PROJECT_DOMAIN_NAME?: string;
  OS_PROJECT_DOMAIN_ID?: string;
  OS_DEFAULT_DOMAIN?: string;
  OS_APPLICATION_CREDENTIAL_ID?: string;
  OS_APPLICATION_CREDENTIAL_NAME?: string;
  OS_APPLICATION_CREDENTIAL_SECRET?: string;
  OS_TOKEN?: string;
  OS_REGION_NAME?: string;
  OS_INTERFACE?: string;
  OS_CACERT?: string;
  OS_CERT?: string;
  OS_KEY?: string;
  OS_INSECURE?: boolean;
  OS_COMPUTE_ENDPOINT_OVERRIDE?: string;
  OS_PLACEMENT_ENDPOINT_OVERRIDE?: string;
  OS_INFRA_OPTIM_ENDPOINT_OVERRIDE?: string;
};

export type EndpointInterface = 'public' | 'internal' | 'admin';

export type CloudSettings = {
  /** Ends in /v3. */
  authUrl: string;
  auth: CloudAuth;
  region: string | null;
  interface: EndpointInterface;
  tls: Tls | undefined;
  /** Service addresses by catalog type. */
  endpointOverrides: Record<string, string>;
};

/**
 * Resolves the settings from a cloud in clouds.yaml or from OS_* variables. The file is used if OS_CLOUD names a cloud, or
 * if OS_AUTH_URL is unset and the file has only one cloud. With a file, the variables still override region, interface and
 * TLS, and supply a secret that the file lacks; the other variables are ignored.
 *
 * @throws SourceError of kind `config` that names the variable or key, never its value
 */
export function loadCloud(variables: CloudVariables, files: CloudFiles): CloudSettings {
  const useFiles = variables.OS_CLOUD !== undefined || variables.OS_AUTH_URL === undefined;
  const chosen = useFiles ? readCloudFiles(variables, files) : null;
  const config = chosen?.config ?? {};
  // Like openstacksdk, also accept account keys next to `auth` instead of inside it.
  const auth = chosen ? { ...secrets(variables), ...config, ...record(config.auth) } : environmentAuth(variables);
  const authUrl = text(auth.auth_url);
  if (!authUrl) {
    throw wrong(
      chosen
        ? `The cloud ${chosen.name} in clouds.yaml has no auth_url, and neither has its profile.`
        : 'The cloud is not configured: set OS_CLOUD to use a clouds.yaml, or OS_AUTH_URL and the other OS_ variables.',
    );
  }
  if (!/^https?:\/\//.test(authUrl)) throw wrong('auth_url (OS_AUTH_URL) is not an http or https address.');
  return {
    authUrl: toV3(authUrl),
    auth: resolveAuth(auth, chosen ? text(config.auth_type) : variables.OS_AUTH_TYPE, variables.OS_DEFAULT_DOMAIN),
    region: variables.OS_REGION_NAME ?? regionOf(config),
    interface: toInterface(variables.OS_INTERFACE ?? config.interface ?? config.endpoint_type),
    tls: loadTls(variables, config, files),
    endpointOverrides: { ...fileOverrides(config), ...environmentOverrides(variables) },
  };
}

const secrets = (variables: CloudVariables): Config => ({
  password: variables.OS_PASSWORD,
  application_credential_secret: variables.OS_APPLICATION_CREDENTIAL_SECRET,
  token: variables.OS_TOKEN,
});

const ACCOUNT_VARIABLES = [
  'OS_AUTH_URL',
  'OS_USERNAME',
  'OS_USER_ID',
  'OS_PROJECT_NAME',
  'OS_PROJECT_ID',
  'OS_USER_DOMAIN_NAME',
  'OS_USER_DOMAIN_ID',
  'OS_PROJECT_DOMAIN_NAME',
  'OS_PROJECT_DOMAIN_ID',
  'OS_APPLICATION_CREDENTIAL_ID',
  'OS_APPLICATION_CREDENTIAL_NAME',
] as const;

/** The variables under the names that clouds.yaml uses: OS_USER_ID is `user_id`. */
const environmentAuth = (variables: CloudVariables): Config => ({
  ...secrets(variables),
  ...Object.fromEntries(ACCOUNT_VARIABLES.map((name) => [name.slice('OS_'.length).toLowerCase(), variables[name]])),
});

/** `region_name`, or the first of `regions`: names, or records with a name. */
function regionOf(config: Config): string | null {
  const first: unknown = Array.isArray(config.regions) ? config.regions[0] : undefined;
  return text(config.region_name) ?? text(first) ?? text(record(first).name) ?? null;
}

/** A name such as public or publicURL, or openstacksdk's list in order of preference, of which the first is used. */
function toInterface(value: unknown): EndpointInterface {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null) return 'public';
  const name = String(first).replace(/URL$/, '');
  if (name === 'public' || name === 'internal' || name === 'admin') return name;
  throw wrong('interface (OS_INTERFACE) must be public, internal or admin.');
}

function loadTls(variables: CloudVariables, config: Config, files: CloudFiles): Tls | undefined {
  const pem = (name: 'cacert' | 'cert' | 'key'): string | undefined => {
    // toUpperCase() is typed as any string.
    const variable = `OS_${name.toUpperCase() as Uppercase<typeof name>}` as const;
    const path = variables[variable] ?? text(config[name]);
    if (path === undefined) return undefined;
    const content = files.read(path.replace(/^~(?=\/)/, files.home));
    if (content === undefined) throw wrong(`The file named by ${name} (${variable}) can't be read.`);
    return content;
  };
  const ca = pem('cacert');
  const cert = pem('cert');
  // As in Python's requests, the certificate's file holds the key too if no key file is given.
  const key = pem('key') ?? cert;
  const verify = !(variables.OS_INSECURE === true || config.verify === false || config.insecure === true);
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

const OVERRIDES = {
  compute: 'OS_COMPUTE_ENDPOINT_OVERRIDE',
  placement: 'OS_PLACEMENT_ENDPOINT_OVERRIDE',
  'infra-optim': 'OS_INFRA_OPTIM_ENDPOINT_OVERRIDE',
} as const;

function environmentOverrides(variables: CloudVariables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(OVERRIDES).flatMap(([type, variable]) => {
      const address = variables[variable];
      return address === undefined ? [] : [[type, address]];
    }),
  );
}

function toV3(url: string): string {
  const base = url.replace(/\/+$/, '').replace(/\/v2\.0$/, '');
  return base.endsWith('/v3') ? base : `${base}/v3`;
}

import { parse } from 'yaml';
import { SourceError } from '../errors';
import type { Tls } from '../http';

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

/** Where files come from; a test brings its own. */
export type CloudFiles = { read(file: string): string | undefined; home: string; cwd: string };

/** A domain, user or project as Keystone's auth body names it. */
export type Named = { id: string } | { name: string };
export type NamedInDomain = { id: string } | { name: string; domain: Named };

export type CloudAuth =
  | { method: 'password'; user: NamedInDomain; password: string; project: NamedInDomain }
  | { method: 'application_credential'; id: string; secret: string }
  | { method: 'application_credential'; name: string; user: NamedInDomain; secret: string }
  | { method: 'token'; token: string; project: NamedInDomain | null };

export type EndpointInterface = 'public' | 'internal' | 'admin';

export type CloudSettings = {
  /** Ends in /v3. */
  authUrl: string;
  auth: CloudAuth;
  region: string | null;
  interface: EndpointInterface;
  tls: Tls | undefined;
  endpointOverrides: Record<string, string>;
};

type Config = Record<string, unknown>;

const wrong = (message: string) => new SourceError('keystone', 'config', message);

/**
 * Resolves what people have as it is: a cloud of clouds.yaml (openstacksdk's search path, secure.yaml merged), or OS_*
 * variables. Region and interface of the environment win over the file.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 *
 * @throws SourceError of kind `config` that names the variable or key, never its value
 */
export function loadCloud(variables: CloudVariables, files: CloudFiles): CloudSettings {
  const config = variables.authUrl && !variables.cloud ? {} : fileConfig(variables, files);
  const auth: Config = {
    ...record(config.auth),
    ...(config.auth === undefined || !variables.cloud ? environmentAuth(variables) : {}),
  };
  const authUrl = text(auth.auth_url);
  if (!authUrl) {
    throw wrong(
      'The cloud is not configured: set OS_CLOUD for a clouds.yaml, or OS_AUTH_URL and the other OS_ variables.',
    );
  }
  if (!/^https?:\/\//.test(authUrl)) throw wrong('auth_url (OS_AUTH_URL) is not an http or https address.');
  const regions = Array.isArray(config.regions) ? config.regions : [];
  const [firstRegion] = regions;
  return {
    authUrl: toV3(authUrl),
    auth: resolveAuth(auth, text(config.auth_type) ?? variables.authType, variables.defaultDomain),
    region:
      variables.regionName ?? text(config.region_name) ?? text(firstRegion) ?? text(record(firstRegion).name) ?? null,
    interface: toInterface(variables.interface ?? config.interface ?? config.endpoint_type),
    tls: loadTls(variables, config, files),
    endpointOverrides: { ...fileOverrides(config), ...variables.endpointOverrides },
  };
}

function environmentAuth(variables: CloudVariables): Config {
  return dropUndefined({
    auth_url: variables.authUrl,
    username: variables.username,
    user_id: variables.userId,
    password: variables.password,
    project_name: variables.projectName,
    project_id: variables.projectId,
    user_domain_name: variables.userDomainName,
    user_domain_id: variables.userDomainId,
    project_domain_name: variables.projectDomainName,
    project_domain_id: variables.projectDomainId,
    application_credential_id: variables.applicationCredentialId,
    application_credential_name: variables.applicationCredentialName,
    application_credential_secret: variables.applicationCredentialSecret,
    token: variables.token,
  });
}

const NAMES = ['yaml', 'yml', 'json'];

function fileConfig(variables: CloudVariables, files: CloudFiles): Config {
  const folders = [files.cwd, `${files.home}/.config/openstack`, '/etc/openstack'];
  const find = (explicit: string | undefined, name: string) =>
    [
      ...(explicit ? [explicit] : []),
      ...folders.flatMap((folder) => NAMES.map((ending) => `${folder}/${name}.${ending}`)),
    ]
      .map((file) => ({ file, content: files.read(file) }))
      .find(({ content }) => content !== undefined);
  if (variables.clientConfigFile && files.read(variables.clientConfigFile) === undefined) {
    throw wrong('The file that OS_CLIENT_CONFIG_FILE names can’t be read.');
  }
  const clouds = readClouds(find(variables.clientConfigFile, 'clouds'));
  const names = Object.keys(clouds);
  const name = variables.cloud ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    if (names.length > 1) throw wrong('clouds.yaml has several clouds: OS_CLOUD has to name one.');
    return {};
  }
  if (clouds[name] === undefined) {
    throw wrong(
      names.length === 0 ? 'OS_CLOUD is set, but there is no clouds.yaml.' : `clouds.yaml has no cloud named ${name}.`,
    );
  }
  const secure = readClouds(find(variables.clientSecureFile, 'secure'))[name];
  const profile = profileOf(clouds[name], readClouds(find(undefined, 'clouds-public'), 'public-clouds'));
  return merge(merge(profile, record(clouds[name])), record(secure));
}

function profileOf(cloud: unknown, profiles: Record<string, unknown>): Config {
  const name = text(record(cloud).profile) ?? text(record(cloud).cloud);
  return name === undefined ? {} : record(profiles[name]);
}

function readClouds(
  found: { file: string; content: string | undefined } | undefined,
  key = 'clouds',
): Record<string, unknown> {
  if (!found?.content) return {};
  try {
    return record(record(parse(found.content))[key]);
  } catch {
    // The parser's message quotes the line, which may hold a password.
    throw wrong(`${found.file.split('/').at(-1)} is not valid YAML.`);
  }
}

/** Deep: secure.yaml adds `auth.password` to the `auth` of clouds.yaml. */
function merge(base: Config, over: Config): Config {
  const merged: Config = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = isRecord(value) && isRecord(base[key]) ? merge(base[key], value) : value;
  }
  return merged;
}

function resolveAuth(auth: Config, type: string | undefined, defaultDomain: string | undefined): CloudAuth {
  const project = named(auth, 'project', defaultDomain, 'tenant');
  const secret = text(auth.application_credential_secret);
  const isCredential = type === undefined ? secret !== undefined : type.includes('applicationcredential');
  if (isCredential) {
    if (secret === undefined)
      throw wrong('application_credential_secret (OS_APPLICATION_CREDENTIAL_SECRET) is missing.');
    const id = text(auth.application_credential_id);
    if (id !== undefined) return { method: 'application_credential', id, secret };
    const name = text(auth.application_credential_name);
    const user = named(auth, 'user', defaultDomain);
    if (name === undefined) throw wrong('application_credential_id (OS_APPLICATION_CREDENTIAL_ID) is missing.');
    if (user === null)
      throw wrong('An application credential by name needs its user: username (OS_USERNAME) or user_id.');
    return { method: 'application_credential', name, user, secret };
  }
  const token = text(auth.token);
  if (type?.includes('token') || (type === undefined && token !== undefined && auth.password === undefined)) {
    if (token === undefined) throw wrong('token (OS_TOKEN) is missing.');
    return { method: 'token', token, project };
  }
  if (type !== undefined && !type.includes('password')) {
    throw wrong('auth_type (OS_AUTH_TYPE) is none of password, application credential and token.');
  }
  const user = named(auth, 'user', defaultDomain);
  const password = text(auth.password);
  if (user === null) throw wrong('username (OS_USERNAME) is missing.');
  if (password === undefined) throw wrong('password (OS_PASSWORD) is missing.');
  if (project === null)
    throw wrong('project_name (OS_PROJECT_NAME) is missing: without a project there is no catalog.');
  return { method: 'password', user, password, project };
}

/** A user or project by id, or by name and domain; Keystone's `default` domain where none is named. */
function named(
  auth: Config,
  what: 'user' | 'project',
  defaultDomain: string | undefined,
  older?: string,
): NamedInDomain | null {
  const id = text(auth[`${what}_id`]) ?? (older && text(auth[`${older}_id`]));
  if (id) return { id };
  const name = text(what === 'user' ? auth.username : auth.project_name) ?? (older && text(auth[`${older}_name`]));
  if (!name) return null;
  const domainId = text(auth[`${what}_domain_id`]) ?? text(auth.domain_id);
  const domainName = text(auth[`${what}_domain_name`]) ?? text(auth.domain_name);
  const domain = domainId ? { id: domainId } : domainName ? { name: domainName } : { id: defaultDomain ?? 'default' };
  return { name, domain };
}

function toInterface(value: unknown): EndpointInterface {
  const first = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null) return 'public';
  const name = String(first).replace(/URL$/, '');
  if (name === 'public' || name === 'internal' || name === 'admin') return name;
  throw wrong('interface (OS_INTERFACE) is none of public, internal and admin.');
}

function loadTls(variables: CloudVariables, config: Config, files: CloudFiles): Tls | undefined {
  const pem = (key: string, file: string | undefined): string | undefined => {
    if (file === undefined) return undefined;
    const content = files.read(file.replace(/^~(?=\/)/, files.home));
    if (content === undefined) throw wrong(`The file that ${key} (OS_${key.toUpperCase()}) names can’t be read.`);
    return content;
  };
  const ca = pem('cacert', variables.cacert ?? text(config.cacert));
  const cert = pem('cert', variables.cert ?? text(config.cert));
  const key = pem('key', variables.key ?? text(config.key));
  const trusting = variables.insecure === true || config.verify === false || config.insecure === true;
  return ca === undefined && cert === undefined && !trusting ? undefined : { ca, cert, key, verify: !trusting };
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

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const isRecord = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Config => (isRecord(value) ? value : {});
const dropUndefined = (value: Config): Config =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

import { z } from 'zod';
import { DEFAULT_LIMITS } from './contract/choices';
import { forgetProcessWide, processWide } from './process-wide';
import type { Proxies } from './proxies';
import { resolveSecrets, SECRETS } from './secret-files';
import { isLoopbackDemo, listContradictions, listCrossedLimits } from './setting-conflicts';
import {
  baseUrl,
  flag,
  headers,
  list,
  networks,
  origins,
  ownSecret,
  pairs,
  percentage,
  proxyUrl,
  secret,
  sendable,
  text,
  tokens,
  whole,
  windowSeconds,
  words,
} from './setting-kinds';
import { listToMend } from './setting-names';
import { takeOldNames } from './setting-renames';
import { listPlaceholders } from './weak-secrets';

/**
 * Every setting. `.env.example` lists the same keys (a test compares them). Values are read at run time, never during
 * the build. Errors name the setting and never show its value.
 */
export const envSchema = z.object({
  // The cloud: clouds.yaml or the OS_* variables that every OpenStack client reads.
  OS_CLOUD: text(),
  OS_CLOUD_NAME: text(),
  OS_CLIENT_CONFIG_FILE: text(),
  OS_CLIENT_SECURE_FILE: text(),
  OS_AUTH_URL: baseUrl(),
  OS_AUTH_TYPE: text(),
  OS_USERNAME: text(),
  OS_USER_ID: text(),
  OS_PASSWORD: secret(),
  OS_PASSWORD_FILE: text(),
  OS_PROJECT_NAME: text(),
  OS_PROJECT_ID: text(),
  OS_TENANT_NAME: text(),
  OS_TENANT_ID: text(),
  OS_USER_DOMAIN_NAME: text(),
  OS_USER_DOMAIN_ID: text(),
  OS_PROJECT_DOMAIN_NAME: text(),
  OS_PROJECT_DOMAIN_ID: text(),
  OS_DOMAIN_NAME: text(),
  OS_DOMAIN_ID: text(),
  OS_DEFAULT_DOMAIN: text(),
  OS_APPLICATION_CREDENTIAL_ID: text(),
  OS_APPLICATION_CREDENTIAL_NAME: text(),
  OS_APPLICATION_CREDENTIAL_SECRET: secret(),
  OS_APPLICATION_CREDENTIAL_SECRET_FILE: text(),
  OS_TOKEN: secret(),
  OS_TOKEN_FILE: text(),
  OS_REGION_NAME: text(),
  OS_INTERFACE: text(),
  OS_ENDPOINT_TYPE: text(),
  OS_CACERT: text(),
  OS_CERT: text(),
  OS_KEY: text(),
  OS_INSECURE: flag(false),
  OS_COMPUTE_ENDPOINT_OVERRIDE: baseUrl(),
  OS_PLACEMENT_ENDPOINT_OVERRIDE: baseUrl(),
  OS_INFRA_OPTIM_ENDPOINT_OVERRIDE: baseUrl(),
  WATCHER_ENDPOINT_NAME: text(),
  WATCHER_INTERFACE_NAME: text(),
  XDG_CONFIG_HOME: text(),
  REGIONS_FILE: text(),

  // The way out. The names in lower case count too, and first.
  HTTPS_PROXY: proxyUrl(),
  HTTP_PROXY: proxyUrl(),
  ALL_PROXY: proxyUrl(),
  NO_PROXY: words(),

  // Prometheus, Thanos, Mimir.
  PROMETHEUS_URL: baseUrl(),
  PROMETHEUS_AUTH: z.enum(['auto', 'keystone'], { error: 'must be auto or keystone' }).default('auto'),
  PROMETHEUS_USERNAME: text(),
  PROMETHEUS_PASSWORD: secret(),
  PROMETHEUS_PASSWORD_FILE: text(),
  PROMETHEUS_TOKEN: sendable(),
  PROMETHEUS_TOKEN_FILE: text(),
  PROMETHEUS_HEADERS: headers(),
  PROMETHEUS_METHOD: z.enum(['auto', 'post', 'get']).default('auto'),
  PROMETHEUS_CACERT: text(),
  PROMETHEUS_INSECURE: flag(false),

  // Names of metrics and labels that are not detected.
  METRICS_NODE_SELECTOR: z.string().default(''),
  METRICS_LIBVIRT_SELECTOR: z.string().default(''),
  METRICS_OPENSTACK_SELECTOR: z.string().default(''),
  METRICS_CEILOMETER_SELECTOR: z.string().default(''),
  METRICS_HOST_LABELS: list(['fqdn', 'hostname', 'instance_hostname', 'instance']),
  METRICS_HOST_ALIASES: pairs(),
  METRICS_SERVER_LABEL: text(),
  METRICS_IDLE_MODES: list(['idle']),
  METRICS_WINDOW: windowSeconds(),
  METRICS_SERVER_WINDOW: windowSeconds(),

  // Caching, in seconds.
  DASHBOARD_CACHE_TTL: whole(120, 1, 86_400),
  SOURCE_STATUS_CACHE_TTL: whole(30, 1, 86_400),
  DASHBOARD_MAX_STALE: whole(900, 1, 604_800),
  CACHE_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis or rediss address' }).optional(),
  CACHE_URL_FILE: text(),

  // What outlives the process.
  DATA_DIR: text(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres address' }).optional(),
  DATABASE_URL_FILE: text(),

  // What is read, and how.
  WATCHER_PLAN_EXPIRY_HOURS: whole(24, 1, 8_760),
  AUDITS_LIMIT: whole(500, 1, 10_000),
  CAPACITY_SOURCE: z.enum(['placement', 'openstack-exporter']).default('placement'),
  UPSTREAM_TIMEOUT: z.coerce
    .number({ error: 'must be a number' })
    .min(0.05, 'must be at least 0.05')
    .max(300, 'must be at most 300')
    .default(10),
  UPSTREAM_CONCURRENCY: whole(8, 1, 64),

  // A host counts as warm or hot from these percentages on.
  HOST_CPU_WARM: percentage(DEFAULT_LIMITS.cpu.warm),
  HOST_CPU_HOT: percentage(DEFAULT_LIMITS.cpu.hot),
  HOST_RAM_WARM: percentage(DEFAULT_LIMITS.ram.warm),
  HOST_RAM_HOT: percentage(DEFAULT_LIMITS.ram.hot),

  // Access control.
  AUTH: z.enum(['none', 'keystone', 'proxy']).default('none'),
  AUTH_ROLES: list(['admin']),
  AUTH_SECRET: ownSecret(),
  AUTH_SECRET_FILE: text(),
  AUTH_SESSION_HOURS: whole(8, 1, 168),
  AUTH_CHECK_MINUTES: whole(5, 0, 1_440),
  AUTH_COOKIE_SECURE: z.enum(['auto', 'true', 'false']).default('auto'),
  AUTH_PROXY_USER_HEADER: text().default('x-forwarded-user'),
  TRUSTED_PROXIES: networks(),
  ALLOWED_HOSTS: words(),
  CORS_ORIGINS: origins(),
  API_TOKENS: tokens(),
  API_TOKENS_FILE: text(),

  // Acts.
  ACTIONS: z.enum(['off', 'person', 'service'], { error: 'must be off, person or service' }).default('off'),
  ACT_ROLES: list(['admin']),
  ACT_MINUTES: whole(15, 0, 720),
  AUTH_PROXY_ROLES_HEADER: text(),
  JOURNAL_DAYS: whole(0, 0, 36_500),
  MUST_NOT_MOVE_TAGS: list([]),
  MUST_NOT_MOVE_PROJECTS: list([]),
  MUST_NOT_MOVE_FLAVORS: list([]),

  // The service.
  HOSTNAME: text(),
  BASE_PATH: text(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  // The command line, when it asks a running instance.
  VISIO_URL: baseUrl(),
  VISIO_TOKEN: sendable(),
  VISIO_TOKEN_FILE: text(),
  VISIO_CACERT: text(),

  // The simulated cloud.
  USE_MOCK_DATA: flag(false),
  MOCK_HOSTS: whole(24, 0, 2_000),
  MOCK_SERVERS: whole(400, 0, 100_000),
  MOCK_AUDITS: whole(28, 0, 1_000),
  MOCK_SEED: whole(1, 0, 1_000_000_000),
  MOCK_REGIONS: whole(1, 1, 50),
});

export type Env = z.output<typeof envSchema>;

export class EnvError extends Error {
  /** One line per wrong setting: its name and what is wrong, never its value. */
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`Wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvError';
    this.problems = problems;
  }
}

const SETTINGS = 'settings';

/**
 * The settings of this process, parsed at the first call.
 *
 * @throws EnvError; the next call then parses them again
 */
export const readEnv = (): Env => processWide(SETTINGS, () => parseEnv(process.env));

/** The variables of this process as they are, for settings that are parsed together with others. */
export const settingsOfProcess = (): Record<string, string | undefined> => process.env;

/** What to mend in the variables of this process although the start goes on: old names and misspelt ones, a sentence each. */
export const settingsToMend = (): string[] => listToMend(process.env, Object.keys(envSchema.shape));

/** For tests, which change `process.env`: the next call of `readEnv` parses it again. */
export const forgetEnv = (): void => forgetProcessWide(SETTINGS);

/**
 * Parses settings. An empty variable counts as not set.
 *
 * @throws EnvError that names all wrong settings at once
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(
    Object.entries(withLowerCase(variables)).filter(([, value]) => value !== undefined && value !== ''),
  );
  // Nothing real can be changed there, and what acts look like is part of the demo.
  if (isLoopbackDemo(set) && set.AUTH === undefined) set.ACTIONS ??= 'service';
  const problems = [...takeOldNames(set), ...resolveSecrets(set), ...listContradictions(set)];
  problems.push(...listPlaceholders(set, OTHERS_SECRETS));
  const parsed = envSchema.safeParse(set);
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${path.map(String).join('.')} ${message}`);
  if (parsed.success) problems.push(...listCrossedLimits(parsed.data));
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return parsed.data;
}

/** The other two are checked by their own kinds. */
const OTHERS_SECRETS = SECRETS.filter((name) => name !== 'AUTH_SECRET' && name !== 'API_TOKENS');

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'] as const;

/** The variables of proxies under one spelling: that in lower case wins, as for other programs, even if it is empty. */
export const withLowerCase = (variables: Record<string, string | undefined>) => ({
  ...variables,
  ...Object.fromEntries(PROXY_VARIABLES.map((name) => [name, variables[name.toLowerCase()] ?? variables[name]])),
});

/** The proxies that the settings name; null if they name none. */
export function proxiesOf(env: Pick<Env, (typeof PROXY_VARIABLES)[number]>): Proxies | null {
  const http = env.HTTP_PROXY ?? env.ALL_PROXY ?? null;
  const https = env.HTTPS_PROXY ?? env.ALL_PROXY ?? null;
  return http === null && https === null ? null : { http, https, bypass: env.NO_PROXY };
}

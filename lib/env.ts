import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Every setting, once. `.env.example` lists the same keys (a test compares them). Values are read at run time, never
 * while building; a wrong one is named, its value never shown.
 */
const text = () => z.string().trim().min(1).optional();
/** A password may begin or end with a space. */
const secret = () => z.string().min(1).optional();
const flag = (fallback: boolean) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], { error: 'must be true or false' }))
    .transform((value) => ['true', '1', 'yes', 'on'].includes(value))
    .default(fallback);
const whole = (fallback: number, min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);
const percentage = (fallback: number) =>
  z.coerce.number({ error: 'must be a number' }).min(0).max(100).default(fallback);
const httpUrl = () => z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional();
const list = (fallback: string[]) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .default(fallback);
/** "name=value, other=value" */
const pairs = () =>
  z
    .string()
    .transform((value, context) => {
      const entries: [string, string][] = [];
      for (const part of value.split(',').filter((item) => item.trim() !== '')) {
        const at = part.indexOf('=');
        if (at < 1) {
          context.issues.push({
            code: 'custom',
            input: value,
            message: 'must be a list of name=value, separated by commas',
          });
          return z.NEVER;
        }
        entries.push([part.slice(0, at).trim(), part.slice(at + 1).trim()]);
      }
      return Object.fromEntries(entries);
    })
    .default({});
/** auto, or seconds */
const windowSeconds = () =>
  z
    .union([z.literal('auto'), z.coerce.number({ error: 'must be auto or a number of seconds' }).positive()])
    .default('auto');

/** Settings that may also come from a file, named by the same variable with _FILE behind it. */
const SECRETS = [
  'OS_PASSWORD',
  'OS_APPLICATION_CREDENTIAL_SECRET',
  'OS_TOKEN',
  'PROMETHEUS_PASSWORD',
  'PROMETHEUS_TOKEN',
] as const;

export const envSchema = z.object({
  // The cloud: clouds.yaml, or OS_* variables as every OpenStack client knows them.
  OS_CLOUD: text(),
  OS_CLIENT_CONFIG_FILE: text(),
  OS_CLIENT_SECURE_FILE: text(),
  OS_AUTH_URL: httpUrl(),
  OS_AUTH_TYPE: text(),
  OS_USERNAME: text(),
  OS_USER_ID: text(),
  OS_PASSWORD: secret(),
  OS_PASSWORD_FILE: text(),
  OS_PROJECT_NAME: text(),
  OS_PROJECT_ID: text(),
  OS_USER_DOMAIN_NAME: text(),
  OS_USER_DOMAIN_ID: text(),
  OS_PROJECT_DOMAIN_NAME: text(),
  OS_PROJECT_DOMAIN_ID: text(),
  OS_DEFAULT_DOMAIN: text(),
  OS_APPLICATION_CREDENTIAL_ID: text(),
  OS_APPLICATION_CREDENTIAL_NAME: text(),
  OS_APPLICATION_CREDENTIAL_SECRET: secret(),
  OS_APPLICATION_CREDENTIAL_SECRET_FILE: text(),
  OS_TOKEN: secret(),
  OS_TOKEN_FILE: text(),
  OS_REGION_NAME: text(),
  OS_INTERFACE: text(),
  OS_CACERT: text(),
  OS_CERT: text(),
  OS_KEY: text(),
  OS_INSECURE: flag(false),
  OS_COMPUTE_ENDPOINT_OVERRIDE: httpUrl(),
  OS_PLACEMENT_ENDPOINT_OVERRIDE: httpUrl(),
  OS_INFRA_OPTIM_ENDPOINT_OVERRIDE: httpUrl(),
  WATCHER_ENDPOINT_NAME: text(),
  WATCHER_INTERFACE_NAME: text(),

  // Prometheus, Thanos, Mimir.
  PROMETHEUS_URL: httpUrl(),
  PROMETHEUS_AUTH: z.enum(['auto', 'keystone'], { error: 'must be auto or keystone' }).default('auto'),
  PROMETHEUS_USERNAME: text(),
  PROMETHEUS_PASSWORD: secret(),
  PROMETHEUS_PASSWORD_FILE: text(),
  PROMETHEUS_TOKEN: secret(),
  PROMETHEUS_TOKEN_FILE: text(),
  PROMETHEUS_HEADERS: pairs(),
  PROMETHEUS_METHOD: z.enum(['auto', 'post', 'get']).default('auto'),
  PROMETHEUS_CACERT: text(),
  PROMETHEUS_INSECURE: flag(false),

  // What metrics are called where they differ from what is found by itself.
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

  // What is read and how.
  WATCHER_PLAN_EXPIRY_HOURS: whole(24, 1, 8_760),
  AUDITS_LIMIT: whole(500, 1, 10_000),
  CAPACITY_SOURCE: z.enum(['placement', 'openstack-exporter']).default('placement'),
  UPSTREAM_TIMEOUT: whole(10, 1, 300),
  UPSTREAM_CONCURRENCY: whole(8, 1, 64),

  // From which percentage a host counts as warm or hot.
  HOST_CPU_WARM: percentage(70),
  HOST_CPU_HOT: percentage(85),
  HOST_RAM_WARM: percentage(85),
  HOST_RAM_HOT: percentage(95),

  // The service.
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  // The simulated cloud.
  USE_MOCK_DATA: flag(false),
  MOCK_HOSTS: whole(24, 0, 2_000),
  MOCK_SERVERS: whole(400, 0, 100_000),
  MOCK_AUDITS: whole(24, 0, 1_000),
  MOCK_SEED: whole(1, 0, 1_000_000_000),
});

export type Env = z.output<typeof envSchema>;

export class EnvError extends Error {
  /** One line for each wrong variable: its name and what is wrong, never its value. */
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`Wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvError';
    this.problems = problems;
  }
}

/** Each file is read once: like the variables, secrets are those of the start. */
const secretFiles = new Map<string, string>();

function readSecretFile(path: string): string {
  // The files are the admin's, anywhere on the machine; none of them is part of the build.
  const known = secretFiles.get(path) ?? readFileSync(/* turbopackIgnore: true */ path, 'utf8').replace(/\r?\n$/, '');
  secretFiles.set(path, known);
  return known;
}

/** Puts what the *_FILE variables name in the place of their secrets; gives what is wrong with them. */
function resolveSecrets(set: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = set[`${name}_FILE`];
    if (path === undefined) continue;
    if (set[name] !== undefined) {
      problems.push(`${name}_FILE and ${name} are both set; one of them is enough`);
      continue;
    }
    try {
      const secret = readSecretFile(path.trim());
      if (secret === '') problems.push(`${name}_FILE names a file that is empty`);
      else set[name] = secret;
    } catch {
      problems.push(`${name}_FILE names a file that can't be read`);
    }
  }
  return problems;
}

/**
 * Reads the settings. An empty variable counts as not set.
 *
 * @throws EnvError that names every wrong variable at once
 */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const problems = resolveSecrets(set);
  const parsed = envSchema.safeParse(set);
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${path.map(String).join('.')} ${message}`);
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return parsed.data;
}

/**
 * The values of all secrets that are set, so that a log can leave them out. Headers for Prometheus may hold a key or only
 * the name of a tenant; the long ones count as keys.
 */
export function secretValues(env: Env): string[] {
  const headers = Object.values(env.PROMETHEUS_HEADERS).filter(({ length }) => length >= 16);
  return [...SECRETS.map((name) => env[name]), ...headers].filter((value) => value !== undefined);
}

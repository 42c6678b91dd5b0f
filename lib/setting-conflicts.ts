type Given = Record<string, string | undefined>;

/** Settings that are valid alone and wrong together, one sentence each. */
export function listContradictions(set: Given): string[] {
  const problems: string[] = [];
  if (set.AUTH === 'proxy' && set.TRUSTED_PROXIES === undefined)
    problems.push('TRUSTED_PROXIES must list the proxies to trust when AUTH is proxy');
  if ((set.AUTH ?? 'none') === 'none' && set.API_TOKENS !== undefined)
    problems.push('API_TOKENS has no effect while AUTH is none; set AUTH to keystone or proxy');
  if ((set.AUTH ?? 'none') === 'none' && set.CORS_ORIGINS?.split(/[\s,]+/).includes('*'))
    problems.push(
      'CORS_ORIGINS=* needs AUTH, since every site that somebody here opens could read the cloud; list the origins instead',
    );
  return [...problems, ...signIns(set), ...acts(set)];
}

/** Who acts must be known, and only one may act on a plan at a time. */
function acts(set: Given): string[] {
  const { ACTIONS: mode = 'off', AUTH: auth = 'none' } = set;
  if (mode !== 'person' && mode !== 'service') return [];
  const problems: string[] = [];
  if (auth === 'none' && !isLoopbackDemo(set))
    problems.push('ACTIONS needs AUTH=keystone or AUTH=proxy, since the journal records who acted');
  if (auth === 'proxy' && mode === 'service' && set.AUTH_PROXY_ROLES_HEADER === undefined)
    problems.push('ACTIONS=service with AUTH=proxy needs AUTH_PROXY_ROLES_HEADER, since roles decide who may act');
  if (set.CACHE_URL !== undefined && set.DATABASE_URL === undefined)
    problems.push(
      'ACTIONS with CACHE_URL needs DATABASE_URL too, since replicas must not act on a plan at the same time',
    );
  return problems;
}

/** A demo that only this machine can reach has no accounts, and nothing real to change. */
export const isLoopbackDemo = ({ USE_MOCK_DATA: demo = '', HOSTNAME: host = '' }: Given): boolean =>
  ['true', '1', 'yes', 'on'].includes(demo.toLowerCase()) && ['127.0.0.1', 'localhost', '::1'].includes(host);

/** Prometheus is signed in to in one way. */
function signIns(set: Given): string[] {
  const ways = [
    hasCredentials(set.PROMETHEUS_URL) ? 'a user in PROMETHEUS_URL' : [],
    set.PROMETHEUS_USERNAME === undefined ? [] : 'PROMETHEUS_USERNAME',
    set.PROMETHEUS_TOKEN === undefined ? [] : 'PROMETHEUS_TOKEN',
    set.PROMETHEUS_AUTH === 'keystone' ? 'PROMETHEUS_AUTH=keystone' : [],
  ].flat();
  const problems = ways.length < 2 ? [] : [`${ways.join(' and ')} are both set; set only one of them`];
  if (set.PROMETHEUS_PASSWORD !== undefined && set.PROMETHEUS_USERNAME === undefined)
    problems.push('PROMETHEUS_PASSWORD has no effect without PROMETHEUS_USERNAME');
  if (set.PROMETHEUS_USERNAME?.includes(':'))
    problems.push('PROMETHEUS_USERNAME can’t have a colon, which ends the name when it is sent');
  return problems;
}

const hasCredentials = (address = ''): boolean => /^https?:\/\/[^/?#]*@/i.test(address.trim());

type Limits = Record<'HOST_CPU_WARM' | 'HOST_CPU_HOT' | 'HOST_RAM_WARM' | 'HOST_RAM_HOT', number>;

/** Hosts can't be hot before they are warm. */
export const listCrossedLimits = (limits: Limits): string[] =>
  (['CPU', 'RAM'] as const).flatMap((what) =>
    limits[`HOST_${what}_WARM`] > limits[`HOST_${what}_HOT`]
      ? [`HOST_${what}_WARM must not be above HOST_${what}_HOT`]
      : [],
  );

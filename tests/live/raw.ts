/**
 * Reads the configured cloud with plain requests, using none of the product's clients, so that its numbers can be checked
 * against something else. Password or application credential in OS_*; Prometheus at PROMETHEUS_URL, or Aetos with the cloud's token.
 */

type Json = Record<string, unknown>;
type Row = Json & { [key: string]: unknown };

const env = (name: string): string | undefined => process.env[name] || undefined;

export type Raw = {
  region: string;
  /** Of the account in OS_*. */
  token: string;
  get(service: string, path: string, version?: string): Promise<Json>;
  /** Only for what a test of acts needs: it changes the cloud. */
  post(service: string, path: string, body: Json): Promise<Json>;
  /** All rows of a list, page by page. */
  list(service: string, path: string, options: { key: string; version?: string; limit?: number }): Promise<Row[]>;
  /** An instant vector at a time in seconds. */
  query(promql: string, at: number): Promise<{ metric: Record<string, string>; value: number }[]>;
};

function identity(): Json {
  const id = env('OS_APPLICATION_CREDENTIAL_ID');
  if (id) {
    return {
      identity: {
        methods: ['application_credential'],
        application_credential: { id, secret: env('OS_APPLICATION_CREDENTIAL_SECRET') },
      },
    };
  }
  return {
    identity: {
      methods: ['password'],
      password: {
        user: {
          name: env('OS_USERNAME'),
          domain: { name: env('OS_USER_DOMAIN_NAME') ?? 'Default' },
          password: env('OS_PASSWORD'),
        },
      },
    },
    scope: {
      project: { name: env('OS_PROJECT_NAME'), domain: { name: env('OS_PROJECT_DOMAIN_NAME') ?? 'Default' } },
    },
  };
}

async function json(url: string, init: RequestInit = {}): Promise<Json> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${(await response.text()).slice(0, 200)}`);
  return (await response.json()) as Json;
}

type Catalog = { type: string; endpoints: { interface: string; region: string; url: string }[] }[];

/** @throws Error if the cloud refuses or can't be reached */
export async function openRaw(): Promise<Raw> {
  const login = await fetch(`${env('OS_AUTH_URL')?.replace(/\/$/, '')}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: identity() }),
  });
  if (!login.ok) throw new Error(`Keystone: ${login.status}`);
  const token = login.headers.get('x-subject-token') ?? '';
  const catalog = ((await login.json()) as { token: { catalog: Catalog } }).token.catalog;
  const region = env('OS_REGION_NAME') ?? catalog[0]?.endpoints[0]?.region ?? '';

  const endpoint = (type: string): string => {
    const found = catalog
      .find((service) => service.type === type)
      ?.endpoints.find((one) => one.interface === 'public' && one.region === region);
    if (!found) throw new Error(`The catalog has no ${type}.`);
    return found.url.replace(/\/$/, '');
  };
  const get: Raw['get'] = (service, path, version) =>
    json(path.startsWith('http') ? path : `${endpoint(service)}${path}`, {
      headers: {
        'x-auth-token': token,
        accept: 'application/json',
        ...(version ? { 'openstack-api-version': `${service} ${version}` } : {}),
      },
    });

  return {
    region,
    token,
    get,
    post: (service, path, body) =>
      json(`${endpoint(service)}${path}`, {
        method: 'POST',
        headers: { 'x-auth-token': token, accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async list(service, path, { key, version, limit = 500 }) {
      const rows: Row[] = [];
      for (let marker = ''; ; ) {
        const address = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${marker && `&marker=${marker}`}`;
        const page = (await get(service, address, version))[key] as Row[];
        rows.push(...page);
        if (page.length < limit) return rows;
        marker = String(page.at(-1)?.uuid ?? page.at(-1)?.id);
      }
    },
    async query(promql, at) {
      const base = (env('PROMETHEUS_URL') ?? '').replace(/\/$/, '');
      const headers = env('PROMETHEUS_AUTH') === 'keystone' ? { 'x-auth-token': token } : undefined;
      const address = `${base}/api/v1/query?${new URLSearchParams({ query: promql, time: String(at) })}`;
      const { data } = (await json(address, headers && { headers })) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] };
      };
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
  };
}

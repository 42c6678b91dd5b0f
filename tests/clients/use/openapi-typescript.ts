import createClient from 'openapi-fetch';
import type { components, paths } from '../out/openapi-typescript/schema';

/** What a script would write. Only compiled: a field that is gone, or null in the meantime, is an error here. */

const visio = createClient<paths>({ baseUrl: 'http://127.0.0.1:3000', headers: { authorization: 'Bearer token' } });

export async function listHotHosts(): Promise<string[]> {
  const { data, error } = await visio.GET('/api/v1/hosts/', {
    params: { query: { show: 'hot', sort: 'cpu', order: 'desc', limit: 5 } },
  });
  if (error) throw new Error(`${error.title}: ${error.detail}`);
  return data.hosts.map(({ name, cpu }) => `${name} ${cpu.used_percentage ?? 'not measured'}`);
}

export async function startPlan(audit: string, plan: string, reason: string): Promise<string> {
  const params = { path: { id: audit, plan } };
  const { data: check } = await visio.GET('/api/v1/audits/{id}/plans/{plan}/check/', { params });
  if (check === undefined) throw new Error('The plan can’t be checked.');
  const { data, error, response } = await visio.POST('/api/v1/audits/{id}/plans/{plan}/start/', {
    params: { ...params, header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: { reason, seen: check.seen, vms: check.will.vms },
  });
  if (error) throw new Error(`${response.status} ${error.type}`);
  return data.id;
}

/** The promised answer has lists as text. */
export function migrationsOf(audit: components['schemas']['PromisedAudit']): unknown {
  return JSON.parse(audit.migrations);
}

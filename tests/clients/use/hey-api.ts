import { getOverview, listHosts, type Overview } from '../out/hey-api';
import { client } from '../out/hey-api/client.gen';

/** As in openapi-typescript.ts, with the functions that hey-api makes. */

client.setConfig({ baseUrl: 'http://127.0.0.1:3000', auth: 'token' });

export async function listHotHosts(): Promise<string[]> {
  const { data, error } = await listHosts({ query: { show: 'hot', sort: 'cpu', order: 'desc', limit: 5 } });
  if (data === undefined) throw new Error(error?.detail);
  return data.hosts.map(({ name, cpu }) => `${name} ${cpu.used_percentage ?? 'not measured'}`);
}

export async function readCapacity(): Promise<Overview['vcpu']> {
  const { data } = await getOverview({ throwOnError: true });
  return data.vcpu;
}

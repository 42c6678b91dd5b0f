import { getVm, listAudits, listHosts, type Problem } from '../out/orval/client';

/** As in openapi-typescript.ts, with the functions that orval makes. */

export async function listHotHosts(): Promise<string[]> {
  const answer = await listHosts({ show: 'hot', sort: 'cpu', order: 'desc', limit: 5 });
  if (answer.status !== 200) throw new Error(String(answer.status));
  return answer.data.hosts.map(({ name, cpu }) => `${name} ${cpu.used_percentage ?? 'not measured'}`);
}

export async function countWaiting(): Promise<number> {
  const answer = await listAudits({ plan_state: 'RECOMMENDED' });
  return answer.status === 200 ? answer.data.total : 0;
}

export async function findVm(id: string): Promise<string | Problem> {
  const answer = await getVm(id);
  if (answer.status === 200) return answer.data.vm.name;
  if (answer.status === 404) return answer.data;
  throw new Error(String(answer.status));
}

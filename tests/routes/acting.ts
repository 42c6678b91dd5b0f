import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { ACT_ENDPOINTS, type ActEndpointName } from '@/lib/contract/act-endpoints';
import type { PlanCheck } from '@/lib/contract/v1/acts';
import { ACT_ANSWERS } from '@/lib/dashboard/http/act-answers';
import type { SimPlan } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { ask } from './served-cloud';

/** Acts as a consumer of the API sends them, over a simulated cloud. */

export const CLOUD = { hosts: 8, servers: 80, audits: 28 };
export const ACTS = {
  AUTH: 'keystone',
  AUTH_ROLES: 'admin,reader',
  AUTH_SECRET: 'a secret of at least 32 characters',
  API_TOKENS: 'a-token-of-the-environment',
  ACTIONS: 'person',
};

const folders: string[] = [];
/** A folder for the store, removed after the tests of the file. */
export function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'visio-acts-'));
  folders.push(made);
  return made;
}
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});

export const asUser = async (simulation: Simulation, user: string) => ({
  authorization: `Bearer ${await tokenOf(simulation, user)}`,
});
let sent = 0;

export type Sent = { status: number; body: Record<string, unknown>; response: Response };
type Given = {
  params: Record<string, string>;
  /** With its question mark. */
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
  key?: string | null;
};

export async function send(
  name: ActEndpointName,
  { params, query = '', body = {}, headers, key }: Given,
): Promise<Sent> {
  const path = ACT_ENDPOINTS[name].path.replace(/\{(\w+)\}/g, (_, param: string) => params[param] ?? '');
  const idempotency = key === undefined ? `a-key-of-the-tests-${++sent}` : key;
  const request = new Request(`http://visio.test${path}${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(idempotency === null ? {} : { 'idempotency-key': idempotency }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await ACT_ANSWERS[name](request, { params: Promise.resolve(params) });
  return { status: response.status, body: JSON.parse(await response.text()), response };
}

/** A Keystone token of a user of the simulated cloud. */
async function tokenOf(simulation: Simulation, user: string): Promise<string> {
  const domain = { id: 'default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: user, password: 'simulated', domain } } },
    scope: { project: { name: 'admin', domain } },
  };
  const request = new Request('http://cloud.test/identity/v3/auth/tokens', {
    method: 'POST',
    body: JSON.stringify({ auth }),
  });
  return (await simulation.answer(request)).headers.get('x-subject-token') ?? '';
}

/** The plan of an audit by its name, with the ids that addresses have. */
export function planOf({ cloud }: Simulation, name: string): { plan: SimPlan; params: { id: string; plan: string } } {
  const audit = cloud.audits.find((one) => one.name === name);
  const plan = cloud.plans.find(({ auditId }) => auditId === audit?.id);
  if (!audit || !plan) throw new Error(`The simulated cloud has no plan of ${name}.`);
  return { plan, params: { id: audit.id, plan: plan.id } };
}

/** What may be done to a plan, as `GET …/check/` says. */
export async function checkPlan(
  params: Record<string, string>,
  { headers, query = '' }: { headers?: Record<string, string>; query?: string } = {},
): Promise<PlanCheck> {
  const { response, body } = await ask('planCheck', { params, headers, query });
  if (response.status !== 200) throw new Error(`The check answers ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

/** The body of a start as the check allows it. */
export const startOf = ({ seen, will }: PlanCheck, more: Record<string, unknown> = {}) => ({
  seen,
  vms: will.vms,
  reason: 'hot hosts before the peak',
  ...more,
});

import { beforeAll, describe, expect, it } from 'vitest';
import { ACT_ENDPOINTS, type ActEndpointName } from '@/lib/contract/act-endpoints';
import type { ActView, PlanCheck } from '@/lib/contract/v1/acts';
import { openRaw, type Raw } from './raw';

/**
 * Acts on the configured cloud through the server at VISIO_URL (ACTIONS=person, AUTH=keystone), and compares answer, journal
 * and Watcher. It changes the cloud, so it runs only with LIVE_ACTS=yes: it makes audits whose plans do nothing (nop and
 * sleep), and archives them. No VM is touched.
 */

const server = (process.env.VISIO_URL ?? '').replace(/\/$/, '');
const isWanted = process.env.LIVE_ACTS === 'yes';
const SECOND_MS = 1_000;
const PATIENCE = 60;

type Made = { audit: string; plan: string; actions: string[] };
type Answer<T> = { status: number; body: T };
type Refused = { detail: string; refusal: { code: string } };

let raw: Raw;
let count = 0;
const keyOf = () => `live-${Date.now()}-${++count}`;

const pathOf = (path: string, { audit, plan, actions }: Made): string =>
  path
    .replace('{id}', audit)
    .replace('{plan}', plan)
    .replace('{action}', actions[0] ?? '');

async function ask<T>(method: string, path: string, { body, key }: { body?: unknown; key?: string } = {}) {
  const response = await fetch(`${server}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${raw.token}`,
      ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': key ?? keyOf() } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T } satisfies Answer<T>;
}

const act = <T = ActView>(name: ActEndpointName, made: Made, sent: { body: unknown; key?: string }) =>
  ask<T>('POST', pathOf(ACT_ENDPOINTS[name].path, made), sent);

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, SECOND_MS));
  }
  throw new Error(`Waited in vain: ${what}`);
}

const rows = (value: unknown): Record<string, string>[] => value as Record<string, string>[];

const stateOf = async ({ plan }: Made): Promise<string> =>
  String((await raw.get('infra-optim', `/v1/action_plans/${plan}`)).state);

/** A plan that waits, of a nop and a sleep of so many seconds. */
async function propose(seconds: number): Promise<Made> {
  const audit = await raw.post('infra-optim', '/v1/audits', {
    name: `visio-live-${Date.now() % 1e9}-${++count}`,
    audit_type: 'ONESHOT',
    goal: 'unclassified',
    strategy: 'actuator',
    parameters: {
      actions: [
        { action_type: 'nop', input_parameters: { message: 'tried by Watcher Visio' } },
        { action_type: 'sleep', input_parameters: { duration: seconds } },
      ],
    },
  });
  const plan = await until('a plan', async () => {
    const plans = await raw.get('infra-optim', `/v1/action_plans?audit_uuid=${audit.uuid}`);
    const isMade = (await raw.get('infra-optim', `/v1/audits/${audit.uuid}`)).state === 'SUCCEEDED';
    return isMade ? (rows(plans.action_plans)[0]?.uuid ?? null) : null;
  });
  const { actions } = await raw.get('infra-optim', `/v1/actions?action_plan_uuid=${plan}`);
  const made = { audit: String(audit.uuid), plan, actions: rows(actions).map(({ uuid }) => uuid ?? '') };
  await until('the check', () => checkOf(made).catch(() => null));
  return made;
}

async function checkOf(made: Made): Promise<PlanCheck> {
  const { status, body } = await ask<PlanCheck>('GET', pathOf('/api/v1/audits/{id}/plans/{plan}/check/', made));
  if (status !== 200) throw new Error(`The check was answered with ${status}.`);
  return body;
}

async function start(made: Made, check: PlanCheck, key?: string) {
  const body = { seen: check.seen, vms: check.will.vms, reason: 'tried by Watcher Visio' };
  return act('startPlan', made, { body, key });
}

/** The newest entry of the journal about a plan. */
async function entryOf({ plan }: Made): Promise<ActView | undefined> {
  const { body } = await ask<{ acts: ActView[] }>('GET', '/api/v1/acts/?limit=50');
  return body.acts.find(({ object_id: id }) => id === plan);
}

const isOver = async (made: Made) => {
  const state = await stateOf(made);
  return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state) ? state : null;
};

describe.runIf(isWanted)('acts on the configured cloud', () => {
  beforeAll(async () => {
    if (server === '') throw new Error('Acts need a server: VISIO_URL.');
    raw = await openRaw();
  });

  it('start a plan once, however often it is asked for, and record it', async () => {
    const made = await propose(1);
    const check = await checkOf(made);
    const key = keyOf();
    const first = await start(made, check, key);
    expect(first).toMatchObject({ status: 200, body: { outcome: 'done', object_id: made.plan } });
    expect((await start(made, check, key)).body).toMatchObject({ id: first.body.id });
    expect(await start(made, check)).toMatchObject({ status: 409 });
    expect(await until('the end', () => isOver(made))).toBe('SUCCEEDED');
    expect(await act('archivePlan', made, { body: { reason: 'tried' } })).toMatchObject({
      status: 200,
      body: { outcome: 'done' },
    });
    expect(await entryOf(made)).toMatchObject({ act: 'archive-plan', outcome: 'done', reason: 'tried' });
  });

  it('stop a plan that runs', async () => {
    const made = await propose(8);
    await start(made, await checkOf(made));
    await until('the run', async () => ((await stateOf(made)) === 'ONGOING' ? true : null));
    expect(await act('cancelPlan', made, { body: { reason: 'tried' } })).toMatchObject({
      status: 200,
      body: { outcome: 'done' },
    });
    await until('the end', () => isOver(made));
    expect(await entryOf(made)).toMatchObject({ act: 'cancel-plan', outcome: 'done' });
    await act('archivePlan', made, { body: { reason: 'tried' } });
  });

  it('skip an action where Watcher can, refuse a plan, and start it no more', async () => {
    const made = await propose(1);
    const check = await checkOf(made);
    const skipped = await act<ActView & Refused>('skipAction', made, { body: { reason: 'tried' } });
    if (check.skip.length === 0) expect(skipped).toMatchObject({ status: 200, body: { outcome: 'done' } });
    else expect(skipped).toMatchObject({ status: 409, body: { refusal: { code: 'cannot-skip' } } });
    expect(await act('cancelPlan', made, { body: {} })).toMatchObject({ status: 200, body: { outcome: 'done' } });
    expect(await stateOf(made)).toBe('CANCELLED');
    const refused = await start(made, check);
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: 'wrong-state' } } });
    expect(await entryOf(made)).toMatchObject({ act: 'start-plan', outcome: 'refused' });
    await act('archivePlan', made, { body: { reason: 'tried' } });
  });
});

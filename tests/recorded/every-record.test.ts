import { describe, expect, it } from 'vitest';
import type { Explanation } from '@/lib/contract/v1/explanations';
import { ask } from '../routes/served-cloud';
import { ofPlan, RELEASES, type RecordedAction, recordedCloud } from './replay';

/** What must be true of every audit and plan of every release, whatever its state. */

// biome-ignore lint/suspicious/noExplicitAny: JSON of any endpoint; each test asserts what it uses
type Json = any;

/** Asks for one thing and expects it. */
async function get(...question: Parameters<typeof ask>): Promise<Json> {
  const { response, text, body } = await ask(...question);
  expect(response.status, text.slice(0, 300)).toBe(200);
  return body;
}

const say = ({ cause, evidence, next }: Explanation) => [cause, ...evidence, next].join(' ');

/** What an explanation must not say, given what Watcher recorded of the actions. */
function contradicts(explanation: Explanation | null, actions: RecordedAction[]): string | null {
  if (explanation === null) return null;
  const count = (...states: string[]) => actions.filter(({ state }) => states.includes(state)).length;
  const text = say(explanation);
  if (/applier stopped|stopped there|most likely by an admin/i.test(text)) return text;
  if (/\b(undefined|NaN|null)\b|\[object/.test(text)) return text;
  if (/run .* for the rest/i.test(text) && count('PENDING', 'ONGOING') === 0) return text;
  if (/no action failed|changed nothing/i.test(text) && count('FAILED') > 0) return text;
  if (/nothing to do|proposed nothing/i.test(explanation.cause) && actions.length > 0) return text;
  return null;
}

describe.each(RELEASES)('every audit and plan of %s', (release) => {
  const cloud = recordedCloud(release);

  it('has a page, its plans and a review, without a contradiction to what was recorded', async () => {
    const { audits, action_plans: plans } = cloud.recorded;
    expect(audits.length).toBeGreaterThan(25);
    for (const audit of audits) {
      const detail = await get('audit', { params: { id: audit.uuid } });
      const list = await get('auditPlans', { params: { id: audit.uuid } });
      const own = plans.filter((plan) => plan.audit_uuid === audit.uuid);
      expect(list.plans.map(({ id }: Json) => id).sort(), audit.name).toEqual(own.map(({ uuid }) => uuid).sort());
      const newest = list.plans[0] ? ofPlan(cloud.recorded, list.plans[0].id) : [];
      expect(contradicts(list.explanation, newest), audit.name).toBeNull();
      expect(detail.audit.state_meaning, audit.name).not.toMatch(/Unknown state/);
      for (const plan of own) {
        const review = await get('planReview', { params: { id: audit.uuid, plan: plan.uuid } });
        const actions = ofPlan(cloud.recorded, plan.uuid);
        expect(contradicts(review.plan.explanation, actions), audit.name).toBeNull();
        expect(review.plan.state_meaning, audit.name).not.toMatch(/Unknown state/);
        expect(review.waves.flat(), audit.name).toHaveLength(actions.length);
      }
    }
  });

  it('shows the reason of each action that has one, on every surface', async () => {
    const { audits, action_plans: plans, actions } = cloud.recorded;
    const given = actions.filter(({ status_message: message }) => message != null);
    expect(given.length > 0).toBe(release === '2026.2');
    const reasons = (rows: Json[]) => rows.flatMap(({ status_message: message }) => message ?? []).sort();
    for (const plan of plans) {
      const own = ofPlan(cloud.recorded, plan.uuid);
      const audit = audits.find(({ uuid }) => uuid === plan.audit_uuid);
      const messages = reasons(own);
      if (!audit || messages.length === 0) continue;
      const moves = reasons(own.filter(({ action_type: type }) => type === 'migrate'));
      const params = { id: audit.uuid, plan: plan.uuid };
      const review = await get('planReview', { params });
      expect(reasons(review.waves.flat()), audit.name).toEqual(messages);
      expect(reasons(review.scene.steps), audit.name).toEqual(messages);
      expect(reasons(review.result.moves), audit.name).toEqual(moves);
      const detail = await get('audit', { params });
      if (detail.plans.find(({ shown }: Json) => shown).id === plan.uuid) {
        expect(reasons(detail.waves.flat()), audit.name).toEqual(messages);
        expect(reasons(detail.migrations), audit.name).toEqual(moves);
      }
      const exported = await get('planExport', { params });
      const plain = (text: string) => text.replace(/[\\`\u2060]/g, '');
      for (const message of messages) expect(plain(exported.markdown), audit.name).toContain(message);
      for (const message of moves) expect(exported.csv, audit.name).toContain(message);
    }
  });

  it('counts what the plan is to do, VMs that are shut off included', async () => {
    for (const { uuid, name } of cloud.recorded.audits) {
      const { audit, waves, migrations, shutdowns, outcome } = await get('audit', { params: { id: uuid } });
      const types = (wanted: string[]) => waves.flat().filter(({ type }: Json) => wanted.includes(type)).length;
      expect(migrations, name).toHaveLength(types(['migrate']));
      expect(shutdowns, name).toHaveLength(types(['stop', 'shelve', 'delete']));
      expect(outcome.shutdowns, name).toBeLessThanOrEqual(audit.plan?.shutdowns ?? 0);
    }
  });
});

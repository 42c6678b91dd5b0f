import { describe, expect, it } from 'vitest';
import { openScene } from './acting';
import { created, DUMMY, replace, start, toState } from './plans';

/** What becomes of CONTINUOUS audits, and what Watcher holds of them while they run. */

describe('a continuous audit', () => {
  const nops = {
    goal: 'unclassified',
    strategy: 'actuator',
    parameters: { actions: [{ action_type: 'nop', input_parameters: { message: 'one' } }] },
  };

  it('runs again and again, and each run cancels the plan of the one before', async () => {
    const scene = openScene();
    const { audit } = await created(scene, {
      goal: 'workload_balancing',
      strategy: 'workload_balance',
      audit_type: 'CONTINUOUS',
      interval: '60',
    });
    const plans = () => scene.simulation.cloud.plans.filter(({ auditId }) => auditId === audit.id);
    scene.at(12);
    expect([audit.state, plans().map(({ state }) => state)]).toEqual(['ONGOING', ['RECOMMENDED']]);
    scene.at(10 + 60 + 2);
    expect(plans().map(({ state }) => state)).toEqual(['RECOMMENDED', 'CANCELLED']);
    const [, old] = plans();
    expect(old && (await start(scene, old)).words).toBe("Couldn't start when state is 'CANCELLED'.");
    await scene.watcher('PATCH', `audits/${audit.id}`, { body: toState('SUSPENDED') });
    scene.at(600);
    expect(plans()).toHaveLength(2);
  });

  // As on 2026.2 (Watcher 17) when tried; the code of Zed to 2026.1 is the same there.
  it('runs again after it was set to SUCCEEDED, and not after it was cancelled', async () => {
    const scene = openScene();
    const { audit } = await created(scene, { ...DUMMY, audit_type: 'CONTINUOUS', interval: '60' });
    scene.at(12);
    expect((await scene.watcher('PATCH', `audits/${audit.id}`, { body: toState('SUCCEEDED') })).status).toBe(200);
    scene.at(72);
    expect(audit.state).toBe('ONGOING');
    await scene.watcher('PATCH', `audits/${audit.id}`, { body: toState('CANCELLED') });
    scene.at(600);
    expect(audit.state).toBe('CANCELLED');
  });

  it('starts its plans by what the engine read when it took it up, whatever its setting says since', async () => {
    const scene = openScene();
    const often = { ...nops, audit_type: 'CONTINUOUS', interval: '60', auto_trigger: true };
    const { audit } = await created(scene, often);
    const states = () =>
      scene.simulation.cloud.plans.filter(({ auditId }) => auditId === audit.id).map(({ state }) => state);
    scene.at(15);
    expect(states()).toEqual(['SUCCEEDED']);
    await scene.watcher('PATCH', `audits/${audit.id}`, { body: replace('/auto_trigger', false) });
    scene.at(80);
    expect([audit.autoTrigger, states()]).toEqual([false, ['SUCCEEDED', 'SUCCEEDED']]);
    await scene.watcher('PATCH', `audits/${audit.id}`, { body: replace('/interval', '61') });
    scene.at(160);
    expect(states()[0]).toBe('RECOMMENDED');
  });

  it('runs again without having been created, in a lively cloud', () => {
    const scene = openScene({ audits: 40, lively: true });
    const audit = scene.simulation.cloud.audits.find(({ name }) => name === 'balance-every-10-min');
    const waiting = () =>
      scene.simulation.cloud.plans.filter(({ auditId, state }) => auditId === audit?.id && state === 'RECOMMENDED');
    const [before] = waiting();
    scene.at(4 * 60 + 2);
    const [after, ...others] = waiting();
    expect([before?.state, others]).toEqual(['CANCELLED', []]);
    expect(after?.id).not.toBe(before?.id);
  });
});

import { describe, expect, it } from 'vitest';
import { BEGIN, openScene } from './acting';
import { created, DUMMY, replace, toState } from './plans';

/** Audits that run again and again, by seconds and by cron. */

describe('a continuous audit', () => {
  it('waits for its first time by cron, and then runs again and again', async () => {
    const scene = openScene();
    const { audit } = await created(scene, { ...DUMMY, audit_type: 'CONTINUOUS', interval: '*/20 * * * *' });
    const seen = [12, 1_201, 2_401].map((seconds) => {
      scene.at(seconds);
      return [audit.state, (audit.nextRunAt ?? 0) - BEGIN];
    });
    expect(seen).toEqual([
      ['PENDING', 1_200_000],
      ['ONGOING', 2_400_000],
      ['ONGOING', 3_600_000],
    ]);
    scene.at(2_403);
    expect(scene.simulation.cloud.plans.filter(({ auditId }) => auditId === audit.id)).toHaveLength(2);
  });

  it('is not taken up while an audit has an interval that nobody can read, itself included', async () => {
    const scene = openScene();
    const often = { ...DUMMY, audit_type: 'CONTINUOUS', interval: '600' };
    const { audit: bad } = await created(scene, often);
    await scene.watcher('PATCH', `audits/${bad.id}`, { body: replace('/interval', 'every day') });
    const { audit } = await created(scene, often);
    scene.at(60);
    expect([bad.state, audit.state]).toEqual(['PENDING', 'ONGOING']);
    await scene.watcher('PATCH', `audits/${audit.id}`, { body: replace('/interval', 'sometimes') });
    const { audit: behind } = await created(scene, often);
    scene.at(120);
    expect(behind.state).toBe('PENDING');
    await scene.watcher('PATCH', `audits/${audit.id}`, { body: toState('CANCELLED') });
    scene.at(140);
    expect(behind.state).toBe('ONGOING');
  });
});

import { describe, expect, it } from 'vitest';
import { describeStarted, type StartCase } from '@/lib/domain/plans/started';
import { auditRow, planRow } from '../records';

const start = (more: Partial<StartCase> = {}) =>
  describeStarted({
    plan: planRow({ state: 'ONGOING', createdAt: 100, updatedAt: 900 }),
    audit: auditRow(),
    beganAt: 300,
    known: undefined,
    since: 0,
    ...more,
  });

describe('who started a plan', () => {
  it('is the person in the journal, from the time of the act on', () => {
    const known = { person: 'ops', reason: 'hot hosts', at: 200 };
    expect(start({ known })).toEqual({ by: 'here', ...known, began_at: 300 });
  });

  it('is somebody outside if the journal has every start since', () => {
    expect(start()).toEqual({ by: 'outside', person: null, reason: null, at: 300, began_at: 300 });
  });

  it('is unknown if the journal can’t be read, or was cut after the start', () => {
    expect(start({ since: null }).by).toBe('unknown');
    expect(start({ since: 301 }).by).toBe('unknown');
    expect(start({ since: 300 }).by).toBe('outside');
  });

  it('is Watcher where the audit starts its plans', () => {
    expect(start({ audit: auditRow({ autoTrigger: true }), since: null }).by).toBe('watcher');
  });

  it('waits since the last change if it is in the queue', () => {
    const plan = planRow({ state: 'PENDING', createdAt: 100, updatedAt: 250 });
    expect(start({ plan, beganAt: null })).toMatchObject({ at: 250, began_at: null });
  });
});

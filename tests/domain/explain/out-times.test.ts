import { describe, expect, it } from 'vitest';
import type { OutOfService } from '@/lib/contract/v1/closed-host';
import { type DoorEvent, listOutTimes } from '@/lib/domain/explain/out-times';

const SPAN = { from: 100, until: 200 };

const event = (host: string, at: number, closes: boolean, more: Partial<DoorEvent> = {}): DoorEvent => ({
  host,
  at,
  closes,
  by: 'person',
  text: 'ops: fans',
  ...more,
});

const out = (more: Partial<OutOfService> = {}): OutOfService => ({
  state: 'in-maintenance',
  text: 'It is empty.',
  closed: { by: 'other', person: null, reason: 'bad NIC', since: null, back_by: null },
  since: null,
  plan: null,
  ...more,
});

const times = (events: DoorEvent[], now: Record<string, OutOfService> = {}) =>
  listOutTimes({ events, now: Object.entries(now).map(([host, own]) => ({ host, out: own })), ...SPAN });

describe('when hosts were out of service', () => {
  it('reaches from the first closing to the opening', () => {
    expect(times([event('a', 150, false), event('a', 120, true), event('a', 130, true)])).toEqual([
      { host: 'a', from: 120, until: 150, is_out: false, by: 'person', text: 'ops: fans' },
    ]);
  });

  it('lasts until now for hosts that are out now, whoever closed them', () => {
    const closed = event('a', 120, true, { by: 'watcher', text: 'plan of nightly' });
    expect(times([closed], { a: out() })[0]).toMatchObject({ from: 120, until: null, is_out: true, text: 'bad NIC' });
    expect(times([], { a: out({ since: 90 }) })[0]).toMatchObject({ from: 90, is_out: true, by: 'unknown' });
    expect(times([], { a: out() })[0]?.from).toBeNull();
  });

  it('names the plan that left a host behind, and says that another is silent', () => {
    const plan = { audit_id: 'x', plan_id: 'p', audit_name: 'nightly', plan_state: 'FAILED' };
    const closed = { by: 'watcher' as const, person: null, reason: 'watcher_disabled', since: null, back_by: null };
    expect(times([], { a: out({ state: 'left-behind', plan, closed, since: 150 }) })[0]).toMatchObject({
      by: 'watcher',
      text: 'left behind by nightly',
    });
    expect(times([], { a: out({ state: 'down', closed: null, since: 170 }) })[0]).toMatchObject({
      from: 170,
      by: 'down',
      text: 'nova-compute is silent',
    });
  });

  it('has no end for a host that was opened elsewhere, and no beginning for one that was closed elsewhere', () => {
    expect(times([event('a', 120, true)])[0]).toMatchObject({ from: 120, until: null, is_out: false });
    expect(times([event('a', 120, false)])[0]).toMatchObject({ from: null, until: 120, text: 'closed elsewhere' });
  });

  it('leaves out what was over before, but not what began before and lasts', () => {
    expect(times([event('a', 50, true), event('a', 80, false), event('b', 50, true)])).toEqual([]);
    expect(times([event('a', 50, true), event('a', 110, false)])).toHaveLength(1);
    expect(times([event('a', 50, true)], { a: out() })).toHaveLength(1);
  });
});

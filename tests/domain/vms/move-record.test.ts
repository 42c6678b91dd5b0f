import { describe, expect, it } from 'vitest';
import { describeVmMove, onHostSince } from '@/lib/domain/vms/move-record';
import type { ServerMigration } from '@/lib/openstack/records';
import { cluster, hypervisor, server } from '../build';

const joined = cluster({ hypervisors: [hypervisor('a'), hypervisor('b')] });

const moved = (more: Partial<ServerMigration> = {}): ServerMigration => ({
  id: 'm',
  serverId: 'x',
  type: 'live-migration',
  status: 'completed',
  source: 'a',
  destination: 'b',
  userId: 'u',
  startedAt: 100,
  updatedAt: 200,
  ...more,
});

describe('since when a VM is on its host', () => {
  const there = server('x', 'b', { createdAt: 50 });

  it('is the end of its last move there, whatever failed after it', () => {
    expect(onHostSince(there, [moved({ status: 'error', startedAt: 300 }), moved()], joined)).toBe(200);
  });

  it('is when it was made if it never moved', () => {
    expect(onHostSince(there, [], joined)).toBe(50);
  });

  it('knows the host by any of its names', () => {
    expect(onHostSince(there, [moved({ destination: 'b.example' })], joined)).toBe(200);
  });

  it('is unknown without Nova’s record, without a host, and where the last move went elsewhere', () => {
    expect(onHostSince(there, null, joined)).toBeNull();
    expect(onHostSince(server('x', null), [], joined)).toBeNull();
    expect(onHostSince(there, [moved({ source: 'b', destination: 'a' })], joined)).toBeNull();
  });
});

describe('a move of a VM', () => {
  it('has no end while it runs', () => {
    const by = { plan: undefined, start: undefined };
    expect(describeVmMove(moved({ status: 'running' }), joined, by).ended_at).toBeNull();
    expect(describeVmMove(moved(), joined, by)).toMatchObject({
      ended_at: 200,
      plan: null,
      person: null,
      user_id: 'u',
    });
  });

  it('names the plan that asked for it, and who started that and why', () => {
    const plan = { auditId: 'a', auditName: 'nightly', planId: 'p' };
    expect(describeVmMove(moved(), joined, { plan, start: { person: 'ops', reason: 'hot' } })).toMatchObject({
      plan: { audit_id: 'a', audit_name: 'nightly', plan_id: 'p' },
      person: 'ops',
      reason: 'hot',
    });
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHappenings } from '@/lib/domain/plans/happenings';
import type { Action, ActionPlan, ServerMigration } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';
import { cluster, hypervisor, server } from '../build';

describe('the plan that a lab with Nova 26 and Watcher 9 left behind', () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(path.join(import.meta.dirname, '../../fixtures/openstack', `${name}.json`), 'utf8'));
  const naive = (text: string) => Date.parse(`${text}Z`);
  type WireAction = Record<'uuid' | 'state' | 'created_at', string> & {
    updated_at: string | null;
    input_parameters: Record<string, string>;
  };
  type WireMigration = Record<
    'uuid' | 'instance_uuid' | 'status' | 'source_compute' | 'user_id' | 'created_at' | 'updated_at',
    string
  > & { dest_compute: string | null };

  it('moved four VMs: Nova finished both actions that stay ONGOING for ever, and never started the two PENDING', () => {
    const actions = read('watcher-actions-of-move-many-then-cancel').actions.map(
      (wire: WireAction): Action => ({
        id: wire.uuid,
        planId: 'plan',
        type: 'migrate',
        state: wire.state,
        parameters: wire.input_parameters,
        parents: [],
        statusMessage: null,
        createdAt: Date.parse(wire.created_at),
        updatedAt: wire.updated_at === null ? null : Date.parse(wire.updated_at),
      }),
    );
    const migrations = read('nova-migrations').migrations.map(
      (wire: WireMigration): ServerMigration => ({
        id: wire.uuid,
        serverId: wire.instance_uuid,
        type: 'live-migration',
        status: wire.status,
        source: wire.source_compute,
        destination: wire.dest_compute,
        userId: wire.user_id,
        startedAt: naive(wire.created_at),
        updatedAt: naive(wire.updated_at),
      }),
    );
    const servers = actions.map(({ parameters }: Action) => server(String(parameters.resource_id), 'compute-5'));
    const made = Date.UTC(2026, 10, 22, 14, 33, 36);
    const left: ActionPlan = {
      id: 'plan',
      auditId: 'audit',
      strategy: 'actuator',
      state: 'FAILED',
      efficacy: [],
      globalEfficacy: [],
      statusMessage: null,
      hostname: null,
      createdAt: made,
      updatedAt: Date.UTC(2026, 10, 22, 14, 34, 6),
    };
    const covered = { from: made - HOUR_MS, until: made + HOUR_MS };
    const happenings = openHappenings({
      plans: [left],
      actions: { plan: actions },
      record: { migrations, covered, reason: null, losses: [] },
      cluster: cluster({ hypervisors: [hypervisor('compute-2'), hypervisor('compute-5')], servers }),
      knowsServers: true,
    });
    const { byAction, own } = happenings.of(left, actions);
    expect(
      actions.map(({ id, state }: Action) => [state, byAction.get(id)?.result, byAction.get(id)?.differs]),
    ).toEqual([
      ['SUCCEEDED', 'moved', false],
      ['SUCCEEDED', 'moved', false],
      ['ONGOING', 'moved', true],
      ['ONGOING', 'moved', true],
      ['PENDING', 'never-started', false],
      ['PENDING', 'never-started', false],
    ]);
    expect(own.size).toBe(4);
    expect(happenings.foreign).toHaveLength(5);
  });
});

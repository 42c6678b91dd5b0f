import { DAY_MS } from '@/lib/units';
import type { Engine } from './engine';
import { MIGRATION_MS, OPERATOR_USER, recordMigration } from './migrations';
import { type Cloud, hostAt, type SimAudit, type SimHost, type SimPlan, type SimServer } from './model';
import type { Occupancy } from './occupancy';
import { openRandom } from './random';

/** Changes to a simulated cloud while it runs, with timestamps as the services set them. */
export type Life = {
  /** Creates a copy of a VM on the host. */
  boot(like: SimServer, id: string, host: SimHost): SimServer;
  /** Somebody moves a VM by hand. */
  migrate(server: SimServer, host: SimHost): void;
  remove(server: SimServer): void;
  /** Archives an audit or a plan. */
  archive(row: SimAudit | SimPlan): void;
  /** Lets a plan be more than a day old, as Watcher does it. */
  expire(plan: SimPlan): void;
  /** The next run of a continuous audit cancels the plan that waits, and makes another: here an equal one. */
  replace(plan: SimPlan): SimPlan;
  /** Ends a plan that no applier has, as if all of it had worked. */
  end(plan: SimPlan): void;
  /** Marks a row as changed now. */
  touch(row: { updatedAt: number | null }): void;
};

const REPLACEMENT_SEED = 55_001;

export function openLife(cloud: Cloud, occupancy: Occupancy, { mover, now: clock }: Engine): Life {
  const touch = (row: { updatedAt: number | null }) => {
    row.updatedAt = clock();
  };
  return {
    touch,
    boot(like, id, host) {
      const now = clock();
      const server = { ...like, id, name: `new-${id}`, createdAt: now, updatedAt: now, stays: [{ from: now, host }] };
      cloud.servers.push(server);
      occupancy.changed();
      return server;
    },
    migrate(server, host) {
      const now = clock();
      recordMigration(cloud, {
        server,
        source: hostAt(server, now),
        destination: host,
        userId: OPERATOR_USER,
        startedAt: now - MIGRATION_MS,
        endedAt: now,
      });
      server.stays.push({ from: now, host });
      touch(server);
      occupancy.changed();
    },
    remove(server) {
      mover.lose(server, clock());
      server.deletedAt = clock();
      server.stays.push({ from: clock(), host: null });
      touch(server);
      occupancy.changed();
    },
    archive(row) {
      row.deletedAt = clock();
      touch(row);
    },
    expire(plan) {
      plan.createdAt = Math.min(plan.createdAt, clock() - DAY_MS);
      plan.state = 'SUPERSEDED';
      touch(plan);
    },
    end(plan) {
      for (const row of [plan, ...plan.actions]) {
        if (!['PENDING', 'ONGOING', 'CANCELLING'].includes(row.state)) continue;
        row.state = 'SUCCEEDED';
        row.updatedAt = clock();
      }
    },
    replace(old) {
      const random = openRandom(REPLACEMENT_SEED + cloud.plans.length);
      const ids = new Map(old.actions.map(({ id }) => [id, random.uuid()]));
      const fresh = { state: 'PENDING', statusMessage: null, updatedAt: null };
      const actions = old.actions.map((action) => ({
        ...action,
        ...fresh,
        id: ids.get(action.id) ?? action.id,
        parents: action.parents.map((id) => ids.get(id) ?? id),
      }));
      const made = { ...old, ...fresh, id: random.uuid(), state: 'RECOMMENDED', createdAt: clock(), actions };
      for (const row of [old, ...old.actions]) {
        row.state = 'CANCELLED';
        row.updatedAt = clock();
      }
      cloud.plans.unshift(made);
      return made;
    },
  };
}

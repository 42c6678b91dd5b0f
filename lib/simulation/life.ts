import { MIGRATION_MS, OPERATOR_USER, recordMigration } from './migrations';
import { type Cloud, hostAt, type SimAudit, type SimHost, type SimPlan, type SimServer } from './model';
import type { Occupancy } from './occupancy';

/** Changes to a simulated cloud while it runs, with timestamps as the services set them. */
export type Life = {
  /** Creates a copy of a VM on the host. */
  boot(like: SimServer, id: string, host: SimHost): SimServer;
  /** Somebody moves a VM by hand. */
  migrate(server: SimServer, host: SimHost): void;
  remove(server: SimServer): void;
  /** Archives an audit or a plan. */
  archive(row: SimAudit | SimPlan): void;
  /** Marks a row as changed now. */
  touch(row: { updatedAt: number | null }): void;
};

export function openLife(cloud: Cloud, occupancy: Occupancy, clock: () => number): Life {
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
      server.deletedAt = clock();
      server.stays.push({ from: clock(), host: null });
      touch(server);
      occupancy.changed();
    },
    archive(row) {
      row.deletedAt = clock();
      touch(row);
    },
  };
}

import type { Cloud, SimAudit, SimHost, SimPlan, SimServer } from './model';
import type { Occupancy } from './occupancy';

/** What happens in a simulated cloud after it was made; each change is dated now, as the services date it. */
export type Life = {
  /** A VM like the given one, on that host. */
  boot(like: SimServer, id: string, host: SimHost): SimServer;
  migrate(server: SimServer, host: SimHost): void;
  remove(server: SimServer): void;
  /** Archives an audit or a plan. */
  archive(row: SimAudit | SimPlan): void;
  /** Says that a row was changed just now. */
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
      server.stays.push({ from: clock(), host });
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

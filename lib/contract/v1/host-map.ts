import { z } from 'zod';
import { count, percentage } from '../fields';
import type { Readings } from './readings';

/**
 * Every host in a few numbers, as columns of equal length: a thousand hosts are 25 kB, and travel with the page at each
 * refresh. Part of a page, no endpoint: those who want hosts ask /api/v1/hosts.
 */
export const hostColumnsSchema = z.object({
  names: z.array(z.string()),
  cpu: z.array(percentage().nullable()),
  ram: z.array(percentage().nullable()),
  vms: z.array(count()),
  /** Hosts that are not up and enabled, and what they are: "down", "disabled", "down, disabled". */
  away: z.record(z.string(), z.string()),
});

/** What a plan makes of the load of hosts, in the order of the columns. */
export const hostsAfterSchema = z.object({
  audit: z.object({ id: z.string(), name: z.string() }),
  /** Why there is nothing to show of after the plan. */
  reason: z.string().nullable(),
  cpu: z.array(percentage().nullable()),
  ram: z.array(percentage().nullable()),
});

export type HostColumns = z.output<typeof hostColumnsSchema>;
export type HostsAfter = z.output<typeof hostsAfterSchema>;

export type HostMap = {
  hosts: HostColumns;
  /** CPU in use over all measured hosts. */
  used_percentage: number | null;
  /** Why no host is measured. */
  reason: string | null;
  /** null where there is no audit to tell of, or where that is not known yet. */
  after: HostsAfter | null;
  /** Of `after` that is null: it may be there for who asks. */
  awaited: boolean;
  readings: Readings;
};

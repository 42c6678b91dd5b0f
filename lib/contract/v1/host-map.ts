import { z } from 'zod';
import { count, percentage } from '../fields';
import type { Readings } from './readings';

/**
 * A few numbers for every host, as columns of equal length: a thousand hosts take 25 kB, which is sent with every refresh
 * of the page. Not an endpoint; API consumers use /api/v1/hosts.
 */
export const hostColumnsSchema = z.object({
  names: z.array(z.string()),
  cpu: z.array(percentage().nullable()),
  ram: z.array(percentage().nullable()),
  vms: z.array(count()),
  /** State of the hosts that are out of service, by name: "down", "disabled", "down, disabled". */
  away: z.record(z.string(), z.string()),
});

/** Load of the hosts after a plan, in the order of the columns. */
export const hostsAfterSchema = z.object({
  audit: z.object({ id: z.string(), name: z.string() }),
  /** Why there is no load after the plan; null if there is. */
  reason: z.string().nullable(),
  /** How many moves that takes. */
  moves: count(),
  cpu: z.array(percentage().nullable()),
  ram: z.array(percentage().nullable()),
});

/** The same after the first moves of its order of worth, if they are enough that no host is hot. */
export const hostsEnoughSchema = hostsAfterSchema.pick({ moves: true, cpu: true, ram: true });

export type HostColumns = z.output<typeof hostColumnsSchema>;
export type HostsEnough = z.output<typeof hostsEnoughSchema>;
export type HostsAfter = z.output<typeof hostsAfterSchema>;

export type HostMap = {
  hosts: HostColumns;
  /** CPU in use on all measured hosts together. */
  used_percentage: number | null;
  /** Why no host is measured. */
  reason: string | null;
  /** null if there is no audit, or its plan has not been read yet. */
  after: HostsAfter | null;
  /** null if no fewer moves than all are enough, or if `after` is null. */
  enough: HostsEnough | null;
  /** `after` is null but may become available. */
  awaited: boolean;
  /** The zone and the aggregate whose hosts these are; null for all. */
  zone: string | null;
  aggregate: string | null;
  /** Those to choose from; none while they are not known. */
  zones: string[];
  aggregates: string[];
  readings: Readings;
};

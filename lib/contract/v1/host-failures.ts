import { z } from 'zod';
import { count } from '../fields';
import { readingsSchema } from './readings';

/** GET /api/v1/capacity/host-failures: whether the VMs of hosts that fail fit elsewhere. */

const unplacedVmSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    flavor: z.string().nullable(),
    host: z.string(),
    why: z.enum(['nowhere', 'full', 'group']).meta({
      description:
        '`nowhere`: no other open host of the zone takes such VMs. `full`: those that do have no room, or not after other VMs were placed. `group`: only its server group is in the way.',
    }),
    text: z.string().meta({ description: 'The same in words.' }),
  })
  .meta({ id: 'UnplacedVm', description: 'A VM for which no place was found.' });

const hostLossSchema = z
  .object({
    hosts: z.array(z.string()).meta({ description: 'Hosts that fail together.' }),
    vms: count().meta({ description: 'Their VMs with a known flavor, in any state.' }),
    unplaced: count().meta({
      description: 'VMs for which no place was found. The search is not complete: one may exist.',
    }),
    unplaced_vms: z.array(unplacedVmSchema).meta({ description: 'The first twenty of them.' }),
    unknown_vms: count().meta({ description: 'VMs without a known flavor, about which nothing can be said.' }),
    leaves: count()
      .nullable()
      .meta({ description: 'VMs of the flavor in `reference` that still fit in the zone afterwards.' }),
  })
  .meta({ id: 'HostLoss', description: 'What becomes of the VMs if these hosts fail together.' });

const zoneLossSchema = z
  .object({
    zone: z.string(),
    hosts: count(),
    hosts_with_unplaced: count().meta({ description: 'Hosts whose failure leaves VMs without a place.' }),
    tightest: hostLossSchema.nullable().meta({ description: 'The host whose failure is worst.' }),
    worst: z.array(hostLossSchema).meta({ description: 'The hosts that leave VMs without a place; at most ten.' }),
    together: hostLossSchema.nullable().meta({
      description:
        'The worst `k` hosts that were found. In small zones, all choices are tried; in others, it is the host that is worst alone, then one by one the host that makes it worst together with those, so a worse choice may exist. null if the zone has fewer hosts, or if more than two would be more than half of it.',
    }),
    survives: count().meta({
      description:
        'How many hosts of the zone may fail together, as far as was tried: when the worst that many failed, all VMs found a place. At most 8, or half of the hosts.',
    }),
  })
  .meta({ id: 'ZoneLoss', description: 'What if hosts of a zone fail.' });

const groupLossSchema = z
  .object({
    kind: z
      .enum(['rack', 'aggregate'])
      .meta({ description: '`rack`: hosts whose names differ only in their last number.' }),
    name: z.string(),
    loss: hostLossSchema,
  })
  .meta({ id: 'GroupLoss', description: 'Hosts that may fail as a whole.' });

export const hostFailuresSchema = z
  .object({
    zones: z.array(zoneLossSchema).meta({ description: 'Zones that have hosts.' }),
    groups: z
      .array(groupLossSchema)
      .meta({ description: 'Racks and aggregates that fail as a whole, the worst first.' }),
    k: count().meta({ description: 'How many hosts fail in `together`.' }),
    asked: hostLossSchema
      .nullable()
      .meta({ description: 'The hosts in `hosts` and `aggregate`; null without those parameters.' }),
    hosts: z
      .array(
        z
          .object({
            name: z.string(),
            zone: z.string(),
            vms: count(),
            unplaced: count().meta({ description: 'VMs for which no place was found.' }),
          })
          .meta({ id: 'HostFailure', description: 'What if this host fails.' }),
      )
      .meta({ description: 'Every host alone.' }),
    reference: z.string().nullable().meta({ description: 'The flavor with the most VMs; null without VMs.' }),
    reason: z.string().nullable().meta({ description: 'Why nothing can be said; null if it can.' }),
    notes: z.array(z.string()).meta({ description: 'What the search does not consider, in words.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'HostFailures', description: 'Whether the VMs of hosts that fail fit elsewhere.' });

export type HostFailures = z.output<typeof hostFailuresSchema>;
export type HostLoss = z.output<typeof hostLossSchema>;
export type ZoneLoss = z.output<typeof zoneLossSchema>;
export type GroupLoss = z.output<typeof groupLossSchema>;
export type UnplacedVm = z.output<typeof unplacedVmSchema>;

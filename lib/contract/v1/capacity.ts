import { z } from 'zod';
import { count, whole } from '../fields';
import { readingsSchema } from './readings';

/** GET /api/v1/capacity: how many more VMs fit, and what is left that none can use. */

const vcpus = () => count().meta({ description: 'vCPUs, pinned ones included.' });
const ram = () => whole().meta({ description: 'Bytes.' });

const endingSchema = z
  .object({
    kind: z.enum(['resource', 'no-class', 'unit-size', 'traits', 'aggregate', 'project', 'unknown']).meta({
      description:
        '`resource`: this resource class has the least left. Otherwise the host takes none at all: it lacks the class, allows no such amount for one VM, has the wrong traits, is in no such aggregate or in one for other projects, or Placement’s figures are unknown.',
    }),
    detail: z.string().nullable().meta({ description: 'Resource class, trait, aggregate or its requirement.' }),
    text: z.string().meta({ description: 'The same in words.', examples: ['vCPU', 'no pinned CPU'] }),
    hosts: count().meta({ description: 'Open hosts that it ends on.' }),
    full: z.array(z.string()).meta({ description: 'Those of them that take none any more.' }),
  })
  .meta({ id: 'SlotsEnding', description: 'What ends the room for a size on some hosts.' });

const slots = () =>
  count()
    .nullable()
    .meta({
      description: 'VMs that still fit if no other VM comes; null if nothing is known about the hosts.',
      examples: [962],
    });

const zoneSlotsSchema = z
  .object({
    zone: z.string(),
    slots: slots(),
    ends: z.string().meta({
      description: 'What ends it on most hosts, or why none fits, in words.',
      examples: ['RAM', 'no pinned CPU left'],
    }),
  })
  .meta({ id: 'ZoneSlots', description: 'How many of them fit in a zone.' });

const aggregateSlotsSchema = z
  .object({
    aggregate: z.string().meta({ description: 'Name of the aggregate.' }),
    slots: slots(),
    ends: z.string().meta({ description: 'As for a zone.', examples: ['RAM'] }),
  })
  .meta({ id: 'AggregateSlots', description: 'How many of them fit on the hosts of an aggregate.' });

const flavorSlotsSchema = z
  .object({
    name: z.string().meta({ description: 'Name of the flavor; what was asked for, for a size.' }),
    vcpus: vcpus(),
    pinned: z.boolean().meta({ description: 'Its CPUs are pinned.' }),
    ram: ram(),
    disk: whole().meta({ description: 'Root, ephemeral and swap together, in bytes.' }),
    vms: count().meta({ description: 'VMs of this flavor, in any state.' }),
    slots: slots(),
    slots_from_volume: slots().meta({ description: 'The same for VMs that need no disk of the host.' }),
    zones: z.array(zoneSlotsSchema).meta({ description: 'By zone.' }),
    aggregates: z.array(aggregateSlotsSchema).meta({
      description: 'By aggregate; empty unless `by=aggregate`. A host may be in several, so they don’t add up.',
    }),
    endings: z.array(endingSchema).meta({ description: 'Open hosts by what ends it there, the most hosts first.' }),
    closed: z
      .array(z.object({ name: z.string(), slots: slots() }))
      .meta({ description: 'Hosts that are closed or down, and how many would fit on them.' }),
    not_checked: z
      .array(z.string())
      .meta({ description: 'What the flavor asks for and nobody can count, so that fewer may fit.' }),
  })
  .meta({ id: 'FlavorSlots', description: 'How many more VMs of one size fit.' });

const strandedPartSchema = z
  .object({
    amount: whole().meta({ description: 'vCPUs, or bytes of RAM.' }),
    hosts: z.array(z.string()),
  })
  .meta({ id: 'StrandedPart', description: 'An amount of one resource, and the hosts that have it.' });

const strandedSchema = z
  .object({
    flavor: z.string().meta({ description: 'The size that does not fit: that of the VM in the middle, by vCPU.' }),
    vcpus: vcpus(),
    ram: ram(),
    ram_without_vcpu: strandedPartSchema.meta({
      description: 'RAM on open hosts that have too few vCPUs for one more.',
    }),
    vcpu_without_ram: strandedPartSchema.meta({
      description: 'vCPUs on open hosts that have too little RAM for one more.',
    }),
    freed: z
      .object({
        audit_id: z.string(),
        plan_id: z.string(),
        audit_name: z.string(),
        ram: ram().meta({ description: 'Bytes.' }),
        vcpus: count(),
      })
      .nullable()
      .meta({ description: 'The waiting plan that would make the most of it usable; null if none would.' }),
  })
  .meta({
    id: 'Stranded',
    description: 'What is left on hosts and can’t be used, because the other resource has run out there.',
  });

export const capacitySchema = z
  .object({
    flavors: z.array(flavorSlotsSchema).meta({
      description:
        'Flavors that Nova offers, those with the most VMs first. Each is counted alone: they share the room.',
    }),
    not_offered: z
      .array(
        z
          .object({
            name: z.string().meta({ description: 'The name that Nova keeps in the VMs.' }),
            vms: count().meta({ description: 'VMs of this flavor, in any state.' }),
            reason: z.string().meta({ description: 'Why it has no slots, in words.' }),
          })
          .meta({ id: 'FlavorNotOffered', description: 'A flavor of VMs that no new VM can have.' }),
      )
      .meta({
        description:
          'Flavors of existing VMs that Nova does not list, those with the most VMs first: how many more fit is not counted.',
      }),
    flavors_reason: z
      .string()
      .nullable()
      .meta({ description: 'Why only flavors of existing VMs are listed; null if all are.' }),
    size: flavorSlotsSchema.nullable().meta({ description: 'The size that was asked for; null without one.' }),
    zones: z
      .array(
        z
          .object({
            name: z.string(),
            hosts: count(),
            open_hosts: count().meta({ description: 'Those that are up and enabled.' }),
          })
          .meta({ id: 'CapacityZone', description: 'A zone with its hosts.' }),
      )
      .meta({ description: 'Zones that have hosts.' }),
    hosts: count().meta({ description: 'Compute hosts.' }),
    open_hosts: count().meta({ description: 'Those that are up and enabled: others are not counted.' }),
    unknown_hosts: count().meta({ description: 'Open hosts about which Placement says nothing.' }),
    reason: z.string().nullable().meta({ description: 'Why nothing can be counted; null if it can.' }),
    stranded: strandedSchema.nullable().meta({ description: 'null without VMs or without Placement’s figures.' }),
    notes: z.array(z.string()).meta({ description: 'What the figures do not consider, in words.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'Capacity', description: 'How many more VMs fit, and what is left that none can use.' });

export type Capacity = z.output<typeof capacitySchema>;
export type FlavorSlots = z.output<typeof flavorSlotsSchema>;
export type SlotsEnding = z.output<typeof endingSchema>;
export type StrandedView = z.output<typeof strandedSchema>;

import { z } from 'zod';
import { count, exact, percentage, statusMessage, whole } from '../fields';
import { happened } from './happened';
import { groundSchema } from './must-not-move';
import { estimateSchema, shutdownWaySchema } from './projection';
import { namedProjectSchema } from './projects';
import { moveHistorySchema, vmMovesSchema } from './vm-moves';

/**
 * What a plan is reviewed against: hosts, VMs and rules at one point in time, and the plan's moves. Score, projection and
 * pre-flight depend only on this and on the user's changes to the plan, so the browser can compute them.
 */

/** The pre-flight checks. */
export const checkSchema = z.enum([
  'vm',
  'source',
  'destination',
  'fit',
  'zone',
  'aggregate',
  'traits',
  'group',
  'locked',
  'live',
  'peak',
  'ram',
  'history',
]);

/** One resource class of one host, in the native unit of the class. */
const inventorySchema = z
  .object({
    total: count(),
    reserved: count(),
    capacity: count().meta({ description: '(total - reserved) × allocation ratio, rounded down.' }),
    max_unit: count().meta({ description: 'Largest amount for one VM.' }),
    used: whole(),
  })
  .meta({ id: 'ReviewInventory' });

const sceneHostSchema = z
  .object({
    name: z.string(),
    state: z.enum(['up', 'down', 'unknown']),
    status: z.enum(['enabled', 'disabled', 'unknown']),
    disabled_reason: z.string().nullable(),
    draining: z
      .string()
      .nullable()
      .meta({ description: 'Another audit with a waiting plan that would empty this host.' }),
    cpu_total: count().nullable(),
    cpu_used: exact().nullable().meta({ description: 'Cores.' }),
    cpu_peak: exact().nullable().meta({ description: 'Highest half-hour mean of the last 24 hours.' }),
    ram_total: whole().nullable(),
    ram_used: exact().nullable(),
    inventories: z.record(z.string(), inventorySchema.nullable()).nullable().meta({
      description:
        'By resource class: VCPU, PCPU, MEMORY_MB, DISK_GB … null if Placement was not read; a class is null if it can’t be read.',
    }),
    traits: z
      .array(z.string())
      .meta({ description: 'Traits of the host, limited to those that flavors in use require or forbid.' }),
    vms: count(),
    running: count().meta({ description: 'VMs that run.' }),
  })
  .meta({ id: 'ReviewHost' });

export const sceneVmSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    status: z.string(),
    task_state: z.string().nullable(),
    host: z.string().nullable(),
    flavor: z.string().nullable(),
    vcpus: count().nullable(),
    ram: whole().nullable().meta({ description: "The flavor's RAM, in bytes; null if its flavor is unknown." }),
    cores: exact().nullable().meta({ description: 'Cores in use.' }),
    cores_basis: z.enum(['measured', 'estimated', 'stopped', 'unknown']),
    cores_estimate: estimateSchema.nullable(),
    ram_used: exact().nullable().meta({ description: 'RAM in use, in bytes.' }),
    ram_estimate: estimateSchema.nullable(),
    resources: z.record(z.string(), count()).meta({ description: 'Its allocation in Placement, by resource class.' }),
    required_traits: z.array(z.string()),
    forbidden_traits: z.array(z.string()),
    aggregate_specs: z
      .record(z.string(), z.string())
      .meta({ description: 'Aggregate metadata that its flavor requires.' }),
    live_obstacles: z.array(z.enum(['encrypted-memory', 'tpm', 'pci', 'vgpu'])),
    zone: z.string().nullable(),
    pinned_zone: z.string().nullable().optional().meta({ description: 'Absent if Nova does not report it.' }),
    must_not_move: z
      .array(groundSchema)
      .optional()
      .meta({ description: 'Every reason why it must not move. Absent if it may move.' }),
    moved: vmMovesSchema.optional().meta({ description: 'Its moves of the last 7 days. Absent if none is known.' }),
    locked: z.boolean().nullable(),
    groups: z.array(z.string()),
  })
  .meta({ id: 'ReviewVm' });

export const sceneGroupSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    policy: z.string(),
    max_per_host: count(),
    members: z.array(z.object({ id: z.string(), host: z.string().nullable() })),
  })
  .meta({ id: 'ReviewGroup' });

const sceneAggregateSchema = z
  .object({
    name: z.string(),
    zone: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    hosts: z.array(z.string()),
  })
  .meta({ id: 'ReviewAggregate' });

const loadLimitsSchema = z.object({ warm: percentage(), hot: percentage() });

const action = {
  action_id: z.string(),
  wave: count().meta({ description: 'Number of its wave, from 1.' }),
  state: z.string(),
  status_message: statusMessage(),
};

const moveStepSchema = z
  .object({
    kind: z.literal('migrate'),
    ...action,
    vm_id: z.string().nullable(),
    vm_name: z.string().nullable(),
    live: z.boolean(),
    source: z.string().nullable(),
    destination: z.string().nullable().meta({ description: 'null if the scheduler will choose.' }),
    destination_named: z
      .string()
      .nullable()
      .meta({ description: "The destination as the action spells it, if that differs from Nova's name." }),
    happened: happened(),
  })
  .meta({ id: 'ReviewMoveStep' });

const shutdownStepSchema = z
  .object({
    kind: z.literal('shutdown'),
    ...action,
    how: shutdownWaySchema,
    vm_id: z.string().nullable(),
    vm_name: z.string().nullable(),
  })
  .meta({ id: 'ReviewShutdownStep' });

/** One action in execution order, reduced to what it changes about where VMs run or may go. */
const sceneStepSchema = z
  .discriminatedUnion('kind', [
    moveStepSchema,
    z.object({
      kind: z.literal('service'),
      ...action,
      host: z.string(),
      enable: z.boolean().meta({ description: 'true opens the host for new VMs, false closes it.' }),
    }),
    shutdownStepSchema,
    z.object({ kind: z.literal('other'), ...action }),
  ])
  .meta({ id: 'ReviewStep' });

/** Names of projects, each once: a scene has many VMs of few projects. */
export const sceneProjectsSchema = z
  .object({
    names: z.array(namedProjectSchema).meta({ description: 'Projects of these VMs whose names are known.' }),
    reason: z.string().meta({ description: 'Why a project may be missing.' }),
  })
  .meta({ id: 'ReviewProjects', description: 'Names of the projects of these VMs, as far as they are known.' });

export const sceneSchema = z
  .object({
    hosts: z.array(sceneHostSchema),
    vms: z.array(sceneVmSchema).meta({ description: 'VMs that the plan moves, and all VMs of the hosts in `vms_of`.' }),
    projects: sceneProjectsSchema,
    vms_of: z.array(z.string()).meta({ description: 'Hosts whose VMs are all included.' }),
    groups: z.array(sceneGroupSchema),
    aggregates: z.array(sceneAggregateSchema),
    default_zone: z.string(),
    steps: z.array(sceneStepSchema),
    history: moveHistorySchema,
    unchecked: z
      .array(z.object({ check: checkSchema, reason: z.string() }))
      .meta({ description: 'Checks that were not made at all, with the reason.' }),
    whole_hosts: z.boolean().optional().meta({
      description: 'True if the plan closes hosts since it empties them: one that keeps a VM then stays open.',
    }),
    excluded: z
      .array(z.string())
      .meta({ description: 'VMs that the audit’s scope excludes although its strategy ignores that, by id.' }),
    checks_moves: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether Watcher looks at VMs before it moves them (from 2026.1); null if unknown.' }),
    limits: z
      .object({ cpu: loadLimitsSchema, ram: loadLimitsSchema })
      .meta({ description: 'Percentages from which a host counts as warm or hot.' }),
  })
  .meta({ id: 'ReviewScene' });

export type Check = z.output<typeof checkSchema>;
export type SceneInventory = z.output<typeof inventorySchema>;
export type SceneHost = z.output<typeof sceneHostSchema>;
export type SceneProjects = z.output<typeof sceneProjectsSchema>;
export type SceneVm = z.output<typeof sceneVmSchema>;
export type SceneGroup = z.output<typeof sceneGroupSchema>;
export type SceneAggregate = z.output<typeof sceneAggregateSchema>;
export type MoveStep = z.output<typeof moveStepSchema>;
export type ShutdownStep = z.output<typeof shutdownStepSchema>;
export type SceneStep = z.output<typeof sceneStepSchema>;
export type Scene = z.output<typeof sceneSchema>;

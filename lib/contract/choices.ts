/** Facts that the browser shares with the server. Imports nothing, so that no schema library reaches the browser. */

/** The query parameter that names a region, in addresses of pages and endpoints. */
export const REGION_PARAMETER = 'region';

export const HOST_FILTERS = ['all', 'hot', 'warm', 'in-plan', 'out-of-service'] as const;
export type HostFilter = (typeof HOST_FILTERS)[number];

export const HOST_COLUMNS = [
  'name',
  'state',
  'cpu',
  'cpu-after',
  'ram',
  'ram-after',
  'vms',
  'vcpu',
  'overcommit',
  'vram',
  'cores',
  'ram-size',
] as const;
export type HostColumn = (typeof HOST_COLUMNS)[number];

/** The order that a column starts with: what matters on top. */
export const firstOrder = (column: HostColumn): 'asc' | 'desc' => (column === 'name' ? 'asc' : 'desc');

export const VM_FILTERS = ['all', 'on-hot-hosts', 'in-plan', 'move-too-often', 'must-not-move'] as const;
export type VmFilter = (typeof VM_FILTERS)[number];

export const VM_COLUMNS = ['name', 'host', 'project', 'flavor', 'vcpus', 'ram', 'status', 'created', 'moves'] as const;
export type VmColumn = (typeof VM_COLUMNS)[number];

export const HISTORY_RANGES = ['1h', '6h', '24h'] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];
export const DEFAULT_RANGE: HistoryRange = '6h';

/** States and types of audits, and states of plans, that lists can be filtered by. Watcher lists nothing that is DELETED. */
export const AUDIT_STATES = ['PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SUSPENDED'] as const;
export const AUDIT_TYPES = ['ONESHOT', 'CONTINUOUS', 'EVENT'] as const;
export const PLAN_STATES = [
  'RECOMMENDED',
  'PENDING',
  'ONGOING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLING',
  'CANCELLED',
  'SUPERSEDED',
] as const;

/** How many hosts of a zone may be asked to fail together. */
export const MOST_FAILING = 8;

/** Parts of the list of plans; `unchanged`: empty, expired, or cancelled before they ran. */
export const PLAN_PARTS = ['running', 'waiting', 'done', 'unchanged'] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

export const EXPORT_FORMATS = ['json', 'csv', 'markdown', 'commands'] as const;

/** The query parameters of a variant of a plan. */
export const VARIANT_PARAMETERS = ['off', 'anyway', 'skip', 'k', 'to', 'empty', 'stay'] as const;
export type VariantParameter = (typeof VARIANT_PARAMETERS)[number];

/** Default percentages from which a load counts as warm or hot. */
export const DEFAULT_LIMITS = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } } as const;

/** Fields of the typed API that hold a time: ISO 8601 on the wire, milliseconds since the epoch inside. */
export const TIME_FIELDS: ReadonlySet<string> = new Set([
  'after_at',
  'answered_at',
  'as_of',
  'at',
  'back_by',
  'before_at',
  'began_at',
  'checked_at',
  'closed_at',
  'compared_at',
  'counted_at',
  'created_at',
  'end_at',
  'ended_at',
  'expires_at',
  'failing_since',
  'from',
  'last_at',
  'last_run_at',
  'made_at',
  'measured_at',
  'moved_from',
  'moved_until',
  'moves_since',
  'next_run_at',
  'opened_at',
  'plans_since',
  'signed_in_until',
  'since',
  'snapshot_at',
  'start_at',
  'started_at',
  'until',
  'updated_at',
]);

/** Fields whose keys are data, such as an audit's own parameters: no name in them belongs to the contract. */
export const OPEN_FIELDS: ReadonlySet<string> = new Set([
  'aggregate_specs',
  'by_state',
  'by_status',
  'by_type',
  'check_document',
  'default',
  'inventories',
  'metadata',
  'parameters',
  'request_document',
  'resources',
  'scope_document',
]);

type Allocation = { total: number; reserved: number; allocated: number };

/** vCPUs allocated per core that is not reserved; null if Placement's figures are unknown. */
export function overcommitOf({ vcpu }: { vcpu: Allocation | null }): number | null {
  const base = vcpu === null ? 0 : vcpu.total - vcpu.reserved;
  return vcpu === null || base <= 0 ? null : vcpu.allocated / base;
}

/** How far back the page about what happened looks. */
/** What slots are counted by, besides the region. */
export const CAPACITY_PARTS = ['zone', 'aggregate'] as const;
export type CapacityPart = (typeof CAPACITY_PARTS)[number];

export const ACTIVITY_HOURS = ['6', '24', '168'] as const;
export type ActivityHours = (typeof ACTIVITY_HOURS)[number];

import { z } from 'zod';
import {
  ACTIVITY_HOURS,
  AUDIT_STATES,
  AUDIT_TYPES,
  CAPACITY_PARTS,
  DEFAULT_RANGE,
  EXPORT_FORMATS,
  HISTORY_RANGES,
  HOST_COLUMNS,
  HOST_FILTERS,
  MOST_FAILING,
  PLAN_PARTS,
  PLAN_STATES,
  VM_COLUMNS,
  VM_FILTERS,
} from './choices';
import { settingsText } from './v1/new-audit';

/** Query parameters of the typed API. Unknown parameters are rejected, so that a misspelled filter is never ignored. */

/** Digits only: not 1e3, 0x10 or an empty text, all of which are numbers to JavaScript. */
const wholeNumber = (schema: z.ZodInt) =>
  z.preprocess((given) => (typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given), schema);

const pageSize = (most: number, usual: number) =>
  wholeNumber(z.int().min(1).max(most))
    .default(usual)
    .meta({ description: `Page size, 1 to ${most}; ${usual} by default.` });
const limit = pageSize(1000, 100);
const offset = wholeNumber(z.int().min(0)).default(0).meta({ description: 'Number of items to skip.' });
const filter = (description: string) => z.string().min(1).optional().meta({ description });

/** A time, and what was listed after it: marks of letters, digits, hyphens and underscores. */
const SINCE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)(~[\w-]+)?$/;
const isSince = (text: string) => SINCE.test(text) && !Number.isNaN(Date.parse(text.split('~', 1)[0] ?? ''));

const since = (changed: string) =>
  z
    .string()
    .refine(isSince, {
      message:
        'The parameter since must be a time in ISO 8601, such as 2026-01-31T08:00:00Z, or `next_since` of the answer before.',
    })
    .optional()
    .meta({
      description: `Only what has changed at this time or later: ${changed}. The oldest change first, and each change once if every request has \`next_since\` of the answer before. A full page has more behind it: ask again at once.`,
      examples: ['2026-01-31T08:00:00Z'],
    });

const plan = filter(
  'UUID or name of the audit whose current plan is applied. Default: the newest audit with a plan; `none` for no plan.',
);

export const hostPlanQuerySchema = z.strictObject({ audit: plan });

const place = {
  zone: filter('Only hosts of this availability zone.'),
  aggregate: filter('Only hosts of this aggregate, by its name.'),
};

export const overviewQuerySchema = z.strictObject(place);

export const hostsQuerySchema = z.strictObject({
  q: filter('Part of a name; of hosts out of service, also of who closed them and why.'),
  ...place,
  show: z.enum(HOST_FILTERS).default('all').meta({
    description: 'All hosts, only hot or warm ones, those that the plan touches, or those that are closed or down.',
  }),
  sort: z.enum(HOST_COLUMNS).default('name').meta({ description: 'Unknown values sort last in both orders.' }),
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: 'Ascending or descending.' }),
  audit: plan,
  limit,
  offset,
});

/** Of `/hosts.csv`: the address of the hosts page without its page number, with the same defaults. */
export const hostsCsvQuerySchema = hostsQuerySchema
  .omit({ limit: true, offset: true })
  .extend({ sort: z.enum(HOST_COLUMNS).default('cpu'), order: z.enum(['asc', 'desc']).optional() });

export const vmsQuerySchema = z.strictObject({
  q: filter('Words that are part of a name, id or address, or of the name of a project, host or flavor.'),
  show: z.enum(VM_FILTERS).default('all').meta({
    description:
      'All VMs, those on hot hosts, those that a plan would move, those that move too often, or those that must not move.',
  }),
  project: filter('UUID or name of the project.'),
  sort: z.enum(VM_COLUMNS).default('name').meta({ description: 'Unknown values sort last in both orders.' }),
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: 'Ascending or descending.' }),
  limit: pageSize(250, 50),
  offset,
});

export const findQuerySchema = z.strictObject({
  q: z.string().min(1).max(200).meta({ description: 'Part of a name, or an id or address of a VM.' }),
});

/** Of `/vms.csv`: the address of the VMs page without its page number. */
export const vmsCsvQuerySchema = vmsQuerySchema.omit({ limit: true, offset: true });

/** Named, so that generated clients have one type for the parameter and the field. */
export const historyRangeSchema = z
  .enum(HISTORY_RANGES)
  .meta({ id: 'HistoryRange', description: 'Length of a history.' });

export const historyQuerySchema = z.strictObject({
  range: historyRangeSchema.default(DEFAULT_RANGE).meta({ description: 'Length of the history.' }),
});

/** Watcher's states in upper case, as it writes them; in the query in any case. */
const state = <const States extends readonly [string, ...string[]]>(states: States, description: string) =>
  z
    .preprocess((given) => (typeof given === 'string' ? given.toUpperCase() : given), z.enum(states))
    .optional()
    .meta({ description });

export const auditQuerySchema = z.strictObject({
  state: state(AUDIT_STATES, 'State of the audit.'),
  plan_state: state(PLAN_STATES, "State of the audit's current plan."),
  goal: filter('Goal name: one that an audit has, or one of Watcher’s own.'),
  strategy: filter('Strategy name: one that an audit has, or one of Watcher’s own.'),
  type: state(AUDIT_TYPES, 'Type of the audit.'),
  since: since('audits that were created or updated, or whose current plan was'),
  limit,
  offset,
});

export const plansQuerySchema = z.strictObject({
  q: filter('Part of the name of an audit, or of a host or VM that the plan acts on.'),
  show: z.enum(PLAN_PARTS).optional().meta({
    description:
      'Only plans that run, that wait for a decision, that ran and are over, or that ended without a change. Default: all.',
  }),
  plan_state: state(PLAN_STATES, 'State of the plan as Watcher has it.'),
  goal: filter('Goal name: one that an audit has, or one of Watcher’s own.'),
  strategy: filter('Strategy name: one that an audit has, or one of Watcher’s own.'),
  since: since('plans that were created or updated'),
  limit,
  offset,
});

/** Of `/plans.csv`: the address of the plans page without its page number. */
export const plansCsvQuerySchema = plansQuerySchema.omit({ since: true, limit: true, offset: true });

/** A variant of a plan, in the same form as in the address of its page. */
export const variantQuerySchema = z.strictObject({
  off: filter('Moves to leave out, by their number in execution order, from 1: 1-4.8'),
  anyway: filter(
    'Moves of VMs that must not move and that run all the same, by number: 3.7. The moves of all other such VMs are left out.',
  ),
  skip: filter('Other actions to leave out, by their number among the actions that are no moves, from 1: 1.3'),
  k: filter('Where the page cuts its list of moves, most worth first. Changes nothing: `off` lists what is left out.'),
  to: filter(
    'Other destinations, by number of the move: 6~cmp-4.9~cmp-5. Write *2E for a dot in a name, *7E for a tilde.',
  ),
  empty: filter('Hosts to empty after the plan, separated by dots. Write *2E for a dot in a name.'),
  stay: filter('VMs that stay on the hosts to empty: their ids, separated by dots.'),
});

export const exportQuerySchema = variantQuerySchema.extend({
  format: z.enum(EXPORT_FORMATS).default('json').meta({
    description: 'json for all three; csv, markdown or commands for one of them as a file. Accept: text/csv works too.',
  }),
});

export const compareQuerySchema = variantQuerySchema.extend({
  left: z.string().min(1).meta({ description: "A plan as audit~plan; the audit alone for the audit's current plan." }),
  right: z.string().min(1).meta({ description: 'The other plan, to which a variant applies.' }),
});

/** Only what is left out: a plan runs with its own destinations. */
export const checkQuerySchema = variantQuerySchema.pick({ off: true, anyway: true, skip: true });

export const journalQuerySchema = z.strictObject({
  after: filter('`next` of the page before.'),
  object: filter('Only acts on the plan or action with this id.'),
  q: filter('Part of a name, an act or a reason.'),
  since: since('acts that began or came to an outcome'),
  limit,
});

/** Of `/acts.csv`: as long as a file may be. */
export const journalCsvQuerySchema = journalQuerySchema.omit({ since: true, limit: true });

export const activityQuerySchema = z.strictObject({
  hours: z
    .enum(ACTIVITY_HOURS)
    .default('24')
    .meta({ description: 'How far back, in hours. Nova’s record reaches back 7 days at most.' }),
  q: filter('Part of the name of a host, VM, audit or person.'),
});

export const newAuditQuerySchema = z.strictObject({
  like: filter('UUID or name of an audit whose settings to begin with.'),
});

export const newAuditCheckQuerySchema = z.strictObject({ settings: settingsText() });

const size = (description: string) =>
  wholeNumber(
    z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  )
    .optional()
    .meta({ description });

export const capacityQuerySchema = z.strictObject({
  vcpus: size('A size to count, besides the flavors: its vCPUs.'),
  ram_mib: size('Its RAM in MiB, as in flavors.'),
  disk_gib: size('Its disk in GiB. Default: 0, as for VMs that run from a volume.'),
  pinned: z.enum(['yes', 'no']).default('no').meta({ description: 'Whether its CPUs are pinned.' }),
  project: filter('Id of a project: hosts that are kept for it count too.'),
  ...place,
  by: z.enum(CAPACITY_PARTS).default('zone').meta({
    description: '`aggregate`: slots of each aggregate as well. A host may be in several, so they don’t add up.',
  }),
});

export const hostFailuresQuerySchema = z.strictObject({
  k: wholeNumber(z.int().min(1).max(MOST_FAILING))
    .default(2)
    .meta({ description: `How many hosts of a zone fail together, 1 to ${MOST_FAILING}: answered in \`together\`.` }),
  hosts: filter('Hosts that fail together, separated by commas: a list of your own, answered in `asked`.'),
  aggregate: filter('An aggregate whose hosts fail together, of any size: answered in `asked`, with those in `hosts`.'),
});

export const noQuerySchema = z.strictObject({});

/** Of the promised endpoints: they ignore every parameter, since proxies and monitors may add their own. */
export const openQuerySchema = z.object({});

export const isOpenQuery = (schema: z.ZodObject): boolean => schema === openQuerySchema;

import { z } from 'zod';
import { count, nextSince, timestamp } from '../fields';

/** Acts: what somebody may do, what is checked before, what was done. */

/** Why an act is refused, the hardest first: the first that applies is shown. */
const refusalCodeSchema = z.enum([
  'acting-off',
  'may-look',
  'sign-in',
  'gone',
  'replaced',
  'expired',
  'wrong-state',
  'being-made',
  'not-offered',
  'other-actions',
  'careful-run',
  'cannot-check',
  'no-applier',
  'already-started',
  'nothing-left',
  'must-not-move',
  'cannot-skip',
  'would-fail',
  'another-runs',
  'changed',
  'number',
  'under-way',
  'wrong-settings',
  'name-taken',
]);

export const refusalSchema = z
  .object({
    code: refusalCodeSchema.meta({ description: 'Which rule refuses it; stable.' }),
    text: z.string().meta({ description: 'The reason in words.' }),
    override: z.enum(['queue', 'despite', 'anyway']).nullable().meta({
      description: 'The field of the request with which a person may go on all the same; null if nobody can.',
    }),
    moves: z.array(z.string()).meta({ description: 'Keys of the moves that the reason is about.' }),
    plan_id: z.string().nullable().meta({ description: 'The plan that the reason is about, if it is another one.' }),
  })
  .meta({ id: 'ActRefusal', description: 'Why an act is refused.' });

export const permissionSchema = z
  .object({
    mode: z.enum(['off', 'person', 'service']).meta({
      description: 'Who acts: nobody, people with their own Keystone account, or the account of this server.',
    }),
    may_act: z.boolean().meta({ description: 'Whether this visitor may act, once signed in for it.' }),
    reason: z.string().nullable().meta({ description: 'Why not, in words; null if the visitor may act.' }),
    code: z.enum(['acting-off', 'may-look']).nullable().meta({ description: 'The refusal that this means.' }),
    name: z.string().meta({ description: 'Who the visitor is.' }),
    roles: z.array(z.string()).nullable().meta({ description: 'Roles on the project; null if unknown.' }),
    needs: z.array(z.string()).meta({ description: 'Any of these roles is enough to act.' }),
    sign_in: z.enum(['none', 'password', 'user-and-password']).meta({
      description:
        'What an act needs before it: nothing, the password of the visitor, or a Keystone user and password.',
    }),
    sign_in_cloud: z.string().nullable().meta({
      description: 'The cloud whose user and password are asked for, if it is not the one that signs people in.',
    }),
    signed_in_until: timestamp()
      .nullable()
      .meta({ description: 'Until when acts need no password; null if one is needed.' }),
  })
  .meta({ id: 'Permission', description: 'Whether the visitor may act, and why not.' });

const willSchema = z
  .object({
    vms: count().meta({
      description: 'VMs that will move or be taken out of service: the number that the person confirms.',
    }),
    moves: count().meta({ description: 'VMs that will move.' }),
    live: count().meta({ description: 'Those of them that move while they run.' }),
    cold: count().meta({ description: 'Those of them that are off, or shut down to move.' }),
    shutdowns: count().meta({ description: 'Running VMs that will be stopped, shelved or deleted.' }),
    left_out: count().meta({ description: 'Actions that will be skipped, for good: moves and others.' }),
    sources: count().meta({ description: 'Hosts that VMs will leave.' }),
    ram_to_copy: z
      .number()
      .nullable()
      .meta({ description: 'RAM of the VMs that move live, in bytes; null if unknown.' }),
    lines: z.array(z.string()).meta({ description: 'What will happen, a sentence each.' }),
    warnings: z
      .array(z.string())
      .meta({ description: 'What to know before, a sentence each; what can’t be undone first.' }),
  })
  .meta({ id: 'WillHappen', description: 'What an act will do.' });

export const planCheckSchema = z
  .object({
    made_at: timestamp().meta({ description: 'When the cloud was read for this.' }),
    plan_id: z.string(),
    state: z.string(),
    seen: z.string().meta({
      description: 'Stands for what this check found; an act sends it back, and is refused if it differs by then.',
    }),
    confirm: count().nullable().meta({ description: 'The number of VMs to type before a start; null below three.' }),
    permission: permissionSchema,
    will: willSchema.meta({ description: 'What a start will do.' }),
    checked: z.array(z.string()).meta({ description: 'What was checked and found in order, a sentence each.' }),
    start: z.array(refusalSchema).meta({ description: 'Why it can’t be started; empty if it can.' }),
    careful: z.array(refusalSchema).meta({
      description: 'Why its moves can’t be carried out in a careful run; empty if they can.',
    }),
    cancel: z.array(refusalSchema).meta({ description: 'Why it can’t be cancelled; empty if it can.' }),
    cancelling: z.array(z.string()).meta({
      description: 'What cancelling a plan that has not begun will do, a sentence each; see the run for others.',
    }),
    archive: z.array(refusalSchema).meta({ description: 'Why it can’t be archived; empty if it can.' }),
    skip: z.array(refusalSchema).meta({ description: 'Why its actions can’t be skipped; empty if they can.' }),
  })
  .meta({ id: 'PlanCheck', description: 'A plan, checked against the cloud just now.' });

const outcomeWordSchema = z.enum(['done', 'refused', 'failed', 'unknown']);

const outcomeSchema = z
  .object({
    at: timestamp(),
    outcome: outcomeWordSchema.meta({
      description: '`refused`: nothing was changed. `failed`: part of it was done. `unknown`: nobody can tell yet.',
    }),
    detail: z.string().meta({ description: 'What happened, in words.' }),
    request_ids: z.array(z.string()).meta({ description: 'Request ids of Watcher and Nova, as in their logs.' }),
  })
  .meta({ id: 'ActOutcome', description: 'What became of an act.' });

export const actSchema = z
  .object({
    id: z.string(),
    at: timestamp(),
    act: z.string().meta({ description: 'What was done, such as `start-plan`.' }),
    person: z.string().meta({ description: 'Who did it.' }),
    user_id: z.string().nullable().meta({ description: 'The Keystone user; null for people whom a proxy names.' }),
    domain: z.string().nullable().meta({ description: 'Domain of the user; null if unknown.' }),
    address: z.string().nullable().meta({ description: 'Address of the client; null if it was not certain.' }),
    identified_by: z.string().meta({ description: 'How the person was identified.' }),
    region: z.string().meta({ description: 'Id of the region that it was done in.' }),
    account: z.enum(['own', 'service']).meta({ description: 'Whose account OpenStack saw.' }),
    object_type: z.string().meta({ description: '`plan`, `action`, `audit`, `run`, `host` or `server`.' }),
    object_id: z.string().meta({
      description:
        'Its UUID in Watcher; that of a VM in Nova; the name of a host, and of an audit that the act creates.',
    }),
    object_name: z.string().meta({ description: 'Name of the audit that it belongs to; of the host; of the VM.' }),
    audit_id: z.string().nullable(),
    reason: z.string().meta({ description: 'As the person gave it.' }),
    request_document: z.unknown().meta({ description: 'What the person saw and chose.' }),
    check_document: z.unknown().meta({ description: 'The result of the check before it.' }),
    outcome: outcomeWordSchema.nullable().meta({ description: 'The last outcome; null while it is under way.' }),
    outcomes: z.array(outcomeSchema).meta({ description: 'In order of time.' }),
  })
  .meta({ id: 'Act', description: 'An entry of the journal.' });

export const journalSchema = z
  .object({
    acts: z.array(actSchema).meta({ description: 'Newest first; with `since`, the oldest change first.' }),
    next: z
      .string()
      .nullable()
      .meta({ description: 'For `after`, to get the next page; null on the last one, and with `since`.' }),
    next_since: nextSince(),
    cuts: z
      .array(
        z.object({
          at: timestamp(),
          until: timestamp().meta({ description: 'Acts from before this time were removed.' }),
          acts: count().meta({ description: 'How many were removed.' }),
        }),
      )
      .meta({ description: 'When acts were removed because of their age, and how many.' }),
    kept: z.boolean().meta({ description: 'Whether this server has a journal at all.' }),
  })
  .meta({ id: 'Journal', description: 'Who did what, when and why.' });

export const actBodyReason = () =>
  z.string().trim().min(1).max(200).meta({ description: 'Why, for the journal; up to 200 characters.' });

export const anywayField = () =>
  z.string().optional().meta({
    description:
      'Moves of VMs that must not move, to run all the same, as in a variant: `3.7`. Those of other such VMs are left out.',
  });

/** Bodies of acts. Unknown fields are refused, so that a misspelt one is no silent no. */
export const startBodySchema = z.strictObject({
  seen: z.string().meta({ description: 'As in the check.' }),
  vms: count().meta({ description: 'How many VMs will move or be taken out of service, as the person confirmed it.' }),
  off: z.string().optional().meta({ description: 'Moves to skip before the start, as in a variant: `1-4.8`.' }),
  anyway: anywayField(),
  skip: z.string().optional().meta({ description: 'Other actions to skip before the start, as in a variant.' }),
  despite: z
    .array(z.string())
    .optional()
    .meta({ description: 'Keys of moves that would fail and are started all the same.' }),
  queue: z
    .boolean()
    .optional()
    .meta({ description: 'Start it although another plan runs: it then waits for its turn.' }),
  reason: actBodyReason(),
});
export const cancelBodySchema = z.strictObject({ reason: actBodyReason().optional() });
export const archiveBodySchema = z.strictObject({ reason: actBodyReason() });
export const skipBodySchema = z.strictObject({ reason: actBodyReason() });
export const abortBodySchema = z.strictObject({ reason: actBodyReason().optional() });
export const closeBodySchema = z.strictObject({
  seen: z.string().meta({ description: 'As in the proof: stands for the state of the host that the person saw.' }),
  reason: actBodyReason(),
  back_by: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When the host is to be back in service; part of the reason that Nova keeps.' }),
});
export const openBodySchema = z.strictObject({
  seen: z.string().meta({ description: 'As in the proof: stands for the state of the host that the person saw.' }),
  reason: actBodyReason(),
});
export const markBodySchema = z.strictObject({ reason: actBodyReason() });
export const actingSignInBodySchema = z.strictObject({
  user: z.string().optional().meta({ description: 'Keystone user; the visitor’s own if absent.' }),
  domain: z.string().optional().meta({ description: 'Domain of the user; `Default` if absent.' }),
  password: z.string().min(1).meta({ description: 'Not kept.' }),
  code: z.string().optional().meta({ description: 'One-time code, where Keystone asks for one.' }),
});

export type RefusalCode = z.output<typeof refusalCodeSchema>;
export type Refusal = z.output<typeof refusalSchema>;
export type Permission = z.output<typeof permissionSchema>;
export type WillHappen = z.output<typeof willSchema>;
export type PlanCheck = z.output<typeof planCheckSchema>;
export type ActView = z.output<typeof actSchema>;
export type JournalView = z.output<typeof journalSchema>;
export type CloseBody = z.output<typeof closeBodySchema>;
export type OpenBody = z.output<typeof openBodySchema>;
export type MarkBody = z.output<typeof markBodySchema>;
export type StartBody = z.output<typeof startBodySchema>;

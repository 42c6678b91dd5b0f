import type { z } from 'zod';
import {
  abortBodySchema,
  actingSignInBodySchema,
  actSchema,
  archiveBodySchema,
  cancelBodySchema,
  closeBodySchema,
  markBodySchema,
  openBodySchema,
  permissionSchema,
  skipBodySchema,
  startBodySchema,
} from './v1/acts';
import { askFirstBodySchema, auditReasonBodySchema, createAuditBodySchema, intervalBodySchema } from './v1/audit-acts';
import { carefulBodySchema, carefulChangeBodySchema } from './v1/careful';
import { drainBodySchema, maintainBodySchema } from './v1/drain';

/** Everything below /api/v1/ that is sent by POST: acts, and the sign-in for them. */

export type ActEndpoint = {
  path: string;
  summary: string;
  description: string;
  /** Descriptions of the path parameters, by name. */
  params: Record<string, string>;
  body: z.ZodObject;
  answer: z.ZodType;
  /** Whether it needs an Idempotency-Key. */
  isAct: boolean;
};

const PLAN = { id: 'UUID or name of the audit.', plan: 'UUID of the plan.' };
const RUN = { run: 'Id of the careful run.' };
const AUDIT = { id: 'UUID or name of the audit.' };
const OF_AUDIT = '/api/v1/audits/{id}';
const HOST = { name: 'Service host, as Nova names it.' };
const SERVER = { server: 'UUID of the VM.' };
const OF_PLAN = '/api/v1/audits/{id}/plans/{plan}';

const act = <B extends z.ZodObject>(
  path: string,
  [summary, description]: [summary: string, description: string],
  { body, params }: { body: B; params: Record<string, string> },
) => ({ path, summary, description, params, body, answer: actSchema, isAct: true });

export const ACT_ENDPOINTS = {
  startPlan: act(
    `${OF_PLAN}/start/`,
    [
      'Starts a plan, after skipping what is left out.',
      'Checked again immediately before. `seen` comes from the check of the plan; the start is refused if anything that a person decides by differs by then.',
    ],
    { body: startBodySchema, params: PLAN },
  ),
  beginCareful: act(
    `${OF_PLAN}/careful/`,
    [
      'Begins a careful run of a plan: its moves in steps, each of them measured.',
      'The first move goes alone. Each step is a plan of its own that Watcher runs (strategy `actuator`); the plan itself is cancelled before the first step starts. The run stops by itself when a rule says so.',
    ],
    { body: carefulBodySchema, params: PLAN },
  ),
  pauseCareful: act('/api/v1/runs/{run}/pause/', ['Pauses a careful run.', 'What runs goes on; nothing new starts.'], {
    body: carefulChangeBodySchema,
    params: RUN,
  }),
  resumeCareful: act(
    '/api/v1/runs/{run}/resume/',
    ['Lets a careful run go on.', 'What stopped it is accepted for the current step.'],
    { body: carefulChangeBodySchema, params: RUN },
  ),
  endCareful: act(
    '/api/v1/runs/{run}/end/',
    [
      'Ends a careful run.',
      'Nothing more starts. The plan of the current step is cancelled where that lets running moves end.',
    ],
    { body: carefulChangeBodySchema, params: RUN },
  ),
  cancelPlan: act(
    `${OF_PLAN}/cancel/`,
    ['Cancels a plan that waits or runs.', 'What that stops depends on the release; the check of the plan says it.'],
    { body: cancelBodySchema, params: PLAN },
  ),
  archivePlan: act(
    `${OF_PLAN}/archive/`,
    ['Archives a plan that neither runs nor waits to run.', 'It disappears from every list, with its actions.'],
    { body: archiveBodySchema, params: PLAN },
  ),
  skipAction: act(
    `${OF_PLAN}/actions/{action}/skip/`,
    ['Skips an action that has not begun, for good.', 'Needs Watcher 2025.2 (API 1.5).'],
    { body: skipBodySchema, params: { ...PLAN, action: 'UUID of the action.' } },
  ),
  abortMove: act(
    `${OF_PLAN}/actions/{action}/abort/`,
    [
      'Aborts one live migration of a plan at Nova.',
      'The VM stays on its source and runs on; what was copied is lost. Needs a migration that Nova has not finished.',
    ],
    { body: abortBodySchema, params: { ...PLAN, action: 'UUID of the action that moves the VM.' } },
  ),
  createAudit: act(
    '/api/v1/new-audit/create/',
    [
      'Creates an audit.',
      'Checked again immediately before, against strategies, hosts and names as they are then. The journal has the audit by its name.',
    ],
    { body: createAuditBodySchema, params: {} },
  ),
  suspendAudit: act(
    `${OF_AUDIT}/suspend/`,
    ['Suspends an audit that runs again and again.', 'A run that has begun makes its plan all the same.'],
    { body: auditReasonBodySchema, params: AUDIT },
  ),
  resumeAudit: act(`${OF_AUDIT}/resume/`, ['Resumes a suspended audit.', 'It runs again from its next time on.'], {
    body: auditReasonBodySchema,
    params: AUDIT,
  }),
  endAudit: act(
    `${OF_AUDIT}/end/`,
    ['Ends an audit that runs or waits, for good.', 'A run that has begun makes its plan all the same.'],
    { body: auditReasonBodySchema, params: AUDIT },
  ),
  askFirst: act(
    `${OF_AUDIT}/ask-first/`,
    [
      'Has the plans of an audit that starts them wait for somebody.',
      'Watcher’s decision engine does not see that of a continuous audit that it has taken up: such an audit is ended, and created again with the same settings under another name. Checked before anything is ended; both steps are acts of their own in the journal.',
    ],
    { body: askFirstBodySchema, params: AUDIT },
  ),
  changeInterval: act(
    `${OF_AUDIT}/interval/`,
    ['Changes how often an audit runs.', 'Only seconds and cron of five fields reach Watcher, which checks nothing.'],
    { body: intervalBodySchema, params: AUDIT },
  ),
  archiveAudit: act(
    `${OF_AUDIT}/archive/`,
    ['Archives an audit that is over or suspended.', 'Its plans stay in Watcher, and those that wait can be started.'],
    { body: auditReasonBodySchema, params: AUDIT },
  ),
  closeHost: act(
    '/api/v1/hosts/{name}/close/',
    [
      'Closes a host for new VMs; those on it stay.',
      'Nova keeps a reason with it, which names the person and the time. A reason that is there already is replaced, and kept in the journal.',
    ],
    { body: closeBodySchema, params: HOST },
  ),
  drainHost: act(
    '/api/v1/hosts/{name}/drain/start/',
    [
      'Closes a host, checks again, and moves its VMs to the hosts of the proof.',
      'A careful run carries the moves out. If the check after the closing finds another VM, or one without a place, nothing moves and the host stays closed: the answer says so.',
    ],
    { body: drainBodySchema, params: HOST },
  ),
  maintainHost: act(
    '/api/v1/hosts/{name}/drain/maintenance/',
    [
      'Closes a host, checks again, and asks Watcher for a plan of host_maintenance.',
      'For a Watcher without the strategy actuator. The plan takes every VM of the host and waits until somebody starts it. Refused while a VM is there that can’t move as this strategy would move it.',
    ],
    { body: maintainBodySchema, params: HOST },
  ),
  openHost: act(
    '/api/v1/hosts/{name}/open/',
    ['Opens a host for new VMs again.', 'Nothing moves back by itself. Refused while its nova-compute is silent.'],
    { body: openBodySchema, params: HOST },
  ),
  markServer: act(
    '/api/v1/servers/{server}/mark/',
    [
      'Marks a VM as one that must not move.',
      'The mark is the server tag `must-not-move`, which Nova keeps; the reason is in the journal. Watcher knows nothing of it: what is started here leaves the VM out unless somebody names it. Needs Nova 2.26.',
    ],
    { body: markBodySchema, params: SERVER },
  ),
  unmarkServer: act(
    '/api/v1/servers/{server}/unmark/',
    ['Takes the mark off a VM that was marked as one that must not move.', 'Other tags stay.'],
    { body: markBodySchema, params: SERVER },
  ),
  actingSignIn: {
    path: '/api/v1/acting/sign-in/',
    summary: 'Signs the visitor in to act, with the password again.',
    description:
      'For pages. Sets a cookie with a handle; the token stays in the memory of this server. Programs send their own Keystone token instead.',
    params: {},
    body: actingSignInBodySchema,
    answer: permissionSchema,
    isAct: false,
  },
} as const satisfies Record<string, ActEndpoint>;

export type ActEndpointName = keyof typeof ACT_ENDPOINTS;

import 'server-only';
import type { CloseBody, OpenBody, Refusal } from '@/lib/contract/v1/acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { readCloser, writeCloseReason } from '@/lib/domain/drain/reason';
import { refuseClose, refuseOpen } from '@/lib/domain/drain/refuse';
import { readComputeService } from '@/lib/openstack/compute-services';
import { closeService, openService } from '@/lib/openstack/writes/services';
import type { Write, Written } from '@/lib/openstack/writes/writer';
import { type Act, ActRefused, type Asked, type Done, type Prepared, partOfRequest, requestIdsOf } from './act';
import { digestOfHost, type HostLook, lookAtHost } from './look-at-host';

/** Closing a host for new VMs, and opening it again. */

export const turnOfHost = ({ region, params }: Asked<unknown>) => `host ${region} ${params.name ?? ''}`;

export async function lookAtNamed({ region, params }: Asked<unknown>): Promise<HostLook> {
  const found = await lookAtHost(region, params.name ?? '');
  // An act names its host as Nova does, so that two acts on one host have one turn.
  if (found === null || found.facts.host !== params.name)
    throw new ActRefused(refusal('gone', 'There is no compute host with this name.'));
  return found;
}

export const HOST_CHANGED = refusal(
  'changed',
  'The host has changed since you looked: somebody closed or opened it. Look again.',
);

/** What both record of the host. The reason that Nova had is kept, since the act replaces or clears it. */
export const hostOf = ({ facts }: HostLook): Pick<Prepared, 'objectType' | 'objectId' | 'objectName' | 'auditId'> => ({
  objectType: 'host',
  objectId: facts.host,
  objectName: facts.host,
  auditId: null,
});

/** When the host is to be back; ms, null if nobody said. */
export const backByOf = ({ back_by: at }: { back_by?: string }): number | null =>
  at === undefined ? null : Date.parse(at);

export const refuseBackBy = (backBy: number | null, now: number): Refusal[] =>
  backBy !== null && backBy <= now
    ? [refusal('wrong-state', 'The time by which it is to be back is over already.')]
    : [];

/** Closing as the first part of another act. What somebody has closed here is closed already, and keeps its reason. */
export function closingOf(
  { facts }: HostLook,
  { reason, person, backBy }: { reason: string; person: string; backBy: number | null },
): { text: string; close(write: Write): Promise<Written[]> } {
  const { service, now } = facts;
  const isOurs = service?.isOpen === false && readCloser(service.reason).by === 'here';
  const text = isOurs ? (service.reason ?? '') : writeCloseReason({ why: reason, person, at: now, backBy });
  return {
    text,
    close: async (write) => (isOurs ? [] : [await closeService(write, { serviceId: service?.id ?? '', reason: text })]),
  };
}

export const closeAct: Act<CloseBody> = {
  name: 'close-host',
  turn: turnOfHost,
  changes: ['inventory', 'optimizer'],
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const { body, person } = asked;
    const seen = await lookAtNamed(asked);
    const { service } = seen.facts;
    const refusals = refuseClose(seen.facts);
    if (body.seen !== digestOfHost(seen)) refusals.push(HOST_CHANGED);
    const backBy = backByOf(body);
    refusals.push(...refuseBackBy(backBy, seen.facts.now));
    const text = writeCloseReason({ why: body.reason, person, at: seen.facts.now, backBy });
    return {
      ...hostOf(seen),
      request: { ...body, nova_reason: text },
      checked: { refusals, was: { open: service?.isOpen ?? null, reason: service?.reason ?? null } },
      refusals,
      async perform(write) {
        const written = await closeService(write, { serviceId: service?.id ?? '', reason: text });
        return { ...CLOSED, requestIds: requestIdsOf(written) };
      },
    };
  },
  async settle(session, { objectId, request }, isFinal) {
    const service = await readComputeService(session, objectId);
    if (service?.isOpen === false && service.reason === partOfRequest(request, 'nova_reason')) return CLOSED;
    const state = service === null ? 'gone' : service.isOpen ? 'open' : 'closed, with another reason';
    return { outcome: isFinal ? 'refused' : 'unknown', detail: `The host is ${state}.`, requestIds: [] };
  },
};

const CLOSED: Done = { outcome: 'done', detail: 'The host is closed: no new VM is placed on it.', requestIds: [] };

export const openAct: Act<OpenBody> = {
  name: 'open-host',
  turn: turnOfHost,
  changes: ['inventory', 'optimizer'],
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const { body } = asked;
    const seen = await lookAtNamed(asked);
    const { service } = seen.facts;
    const refusals = refuseOpen(seen.facts);
    if (body.seen !== digestOfHost(seen)) refusals.push(HOST_CHANGED);
    return {
      ...hostOf(seen),
      request: body,
      checked: { refusals, was: { open: service?.isOpen ?? null, reason: service?.reason ?? null } },
      refusals,
      async perform(write) {
        const written = await openService(write, service?.id ?? '');
        return { ...OPENED, requestIds: requestIdsOf(written) };
      },
    };
  },
  async settle(session, { objectId }, isFinal) {
    const service = await readComputeService(session, objectId);
    if (service?.isOpen === true) return OPENED;
    const detail = service === null ? 'The host is gone.' : 'The host is still closed.';
    return { outcome: isFinal ? 'refused' : 'unknown', detail, requestIds: [] };
  },
};

const OPENED: Done = {
  outcome: 'done',
  detail: 'The host is open: Nova places new VMs on it. Nothing moves back by itself.',
  requestIds: [],
};

import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { Refusal } from '@/lib/contract/v1/acts';
import type { IntervalBody } from '@/lib/contract/v1/audit-acts';
import {
  refuseArchiveAudit,
  refuseEnd,
  refuseInterval,
  refuseResume,
  refuseSuspend,
} from '@/lib/domain/acts/audit-acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { readInterval, readNewInterval, textOfInterval } from '@/lib/domain/audit-form/interval';
import { refuseUnreadable } from '@/lib/domain/audit-form/register';
import type { Audit } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { readAudit } from '@/lib/openstack/watcher';
import { archiveAudit, changeAuditInterval, changeAuditState } from '@/lib/openstack/writes/audits';
import type { Write, Written } from '@/lib/openstack/writes/writer';
import { SECOND_MS } from '@/lib/units';
import { openSources } from '../sources/sources';
import { type Act, ActRefused, type Asked, type Done, partOfRequest, requestIdsOf } from './act';

/** Acts on an audit that exists. */

type Change<Body> = {
  name: string;
  refuse(audit: Audit, body: Body): Refusal[];
  write(write: Write, audit: Audit, body: Body): Promise<Written>;
  /** Whether it has happened. @param before its state before the act @param wanted the interval that was asked for */
  isDone(audit: Audit | null, before: string, wanted: string): boolean;
};

/** How often an audit is read until it is what an act leads to, and how long apart. */
const READS = 4;
const BETWEEN_MS = SECOND_MS;

type Wanted = { isDone: (audit: Audit | null) => boolean; reads?: number };

async function readUntil(session: Session, id: string, { isDone, reads = READS }: Wanted) {
  for (let read = 1; ; read++) {
    const audit = await readAudit(session, id);
    if (isDone(audit) || read >= reads) return audit;
    await setTimeout(BETWEEN_MS);
  }
}

const nowIs = (audit: Audit | null): string =>
  audit === null || audit.state === 'DELETED' ? 'The audit is archived.' : `The audit is ${audit.state}.`;

function actOf<Body extends { reason: string }>({ name, refuse, write: send, isDone }: Change<Body>): Act<Body> {
  return {
    name,
    turn: ({ region, params }) => `audit ${region} ${params.id ?? ''}`,
    reason: ({ reason }) => reason,
    async prepare({ region, params, body }: Asked<Body>) {
      const { session } = await openSources(region);
      const audit = await readAudit(session, params.id ?? '');
      if (audit === null) throw new ActRefused(refusal('gone', 'There is no such audit any more.'));
      const refusals = refuse(audit, body);
      const wanted = intervalOf(body);
      return {
        objectType: 'audit',
        objectId: audit.id,
        objectName: audit.name,
        auditId: audit.id,
        request: { state: audit.state, before: audit.interval, ...body },
        checked: { refusals },
        refusals,
        async perform(write): Promise<Done> {
          const written = await send(write, audit, body);
          const after = await readUntil(session, audit.id, { isDone: (one) => isDone(one, audit.state, wanted) });
          return { outcome: 'done', detail: nowIs(after), requestIds: requestIdsOf(written) };
        },
      };
    },
    async settle(session, { objectId, request }, isFinal) {
      const [before, wanted] = [partOfRequest(request, 'state'), intervalOf(request)];
      const check = (audit: Audit | null) => isDone(audit, before, wanted);
      const audit = await readUntil(session, objectId, { isDone: check, reads: isFinal ? 1 : READS });
      const detail = nowIs(audit);
      if (check(audit)) return { outcome: 'done', detail, requestIds: [] };
      return isFinal
        ? { outcome: 'refused', detail: `${detail} Nothing was changed.`, requestIds: [] }
        : { outcome: 'unknown', detail: `${detail} The request may still arrive.`, requestIds: [] };
    },
  };
}

/** As Watcher gets it; empty for acts without one. */
function intervalOf(request: unknown): string {
  const text = partOfRequest(request, 'interval');
  const read = text === '' ? '' : readInterval(text);
  return typeof read === 'string' ? '' : textOfInterval(read);
}

type Reason = { reason: string };

const hasLeft = (audit: Audit | null, before: string) => audit !== null && audit.state !== before;

export const suspendAct = actOf<Reason>({
  name: 'suspend-audit',
  refuse: refuseSuspend,
  write: (write, { id }) => changeAuditState(write, id, 'SUSPENDED'),
  isDone: (audit) => audit?.state === 'SUSPENDED',
});

export const resumeAct = actOf<Reason>({
  name: 'resume-audit',
  refuse: (audit) => [...refuseResume(audit), ...refuseUnreadable(audit)],
  write: (write, { id }) => changeAuditState(write, id, 'ONGOING'),
  isDone: hasLeft,
});

export const endAct = actOf<Reason>({
  name: 'end-audit',
  refuse: refuseEnd,
  // Watcher runs a repeating audit that is set to SUCCEEDED again at its next time; CANCELLED ends it.
  write: (write, { id }) => changeAuditState(write, id, 'CANCELLED'),
  isDone: hasLeft,
});

export const intervalAct = actOf<IntervalBody>({
  name: 'change-interval',
  refuse(audit, { interval }) {
    const read = readNewInterval(interval);
    const wrong = typeof read === 'string' ? [refusal('wrong-settings', `interval: ${read}`)] : [];
    return [...refuseInterval(audit), ...wrong];
  },
  write: (write, { id }, body) => changeAuditInterval(write, id, intervalOf(body)),
  isDone: (audit, _, wanted) => audit?.interval === wanted,
});

export const archiveAuditAct = actOf<Reason>({
  name: 'archive-audit',
  refuse: refuseArchiveAudit,
  write: (write, { id }) => archiveAudit(write, id),
  isDone: (audit) => audit === null || audit.state === 'DELETED',
});

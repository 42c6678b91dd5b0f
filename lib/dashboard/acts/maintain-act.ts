import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Refusal } from '@/lib/contract/v1/acts';
import type { MaintainBody } from '@/lib/contract/v1/drain';
import { refusal } from '@/lib/domain/acts/refusal';
import { auditNameFor, MAINTENANCE } from '@/lib/domain/drain/maintenance';
import { formatThings } from '@/lib/format';
import { readAudit } from '@/lib/openstack/watcher';
import { createAudit } from '@/lib/openstack/writes/audits';
import { NotWritten } from '@/lib/openstack/writes/writer';
import type { RegionId } from '../process/region';
import { type Act, type Done, partOfRequest, requestIdsOf } from './act';
import { refuseMaintainNow } from './drain-way';
import { backByOf, closingOf, HOST_CHANGED, hostOf, lookAtNamed, refuseBackBy, turnOfHost } from './host-acts';
import { digestOfHost, type HostLook, lookAtHost } from './look-at-host';

/** Closes a host, checks again, and asks Watcher for a plan of host_maintenance, which somebody starts on its own page. */
export const maintainAct: Act<MaintainBody> = {
  name: 'maintain-host',
  turn: turnOfHost,
  changes: ['inventory', 'optimizer'],
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const { body, person, region } = asked;
    const seen = await lookAtNamed(asked);
    const { facts, host, problem } = seen;
    const backBy = backByOf(body);
    const refusals = [
      ...(await refuseMaintainNow(seen)),
      ...(problem === null ? [] : [refusal('cannot-check', problem)]),
      ...(body.seen === digestOfHost(seen) ? [] : [HOST_CHANGED]),
      ...refuseBackBy(backBy, facts.now),
      ...refuseOthers(seen, body),
    ];
    const closing = closingOf(seen, { reason: body.reason, person, backBy });
    const audit = auditNameFor(host.name, randomUUID());
    return {
      ...hostOf(seen),
      request: { ...body, audit, nova_reason: closing.text },
      checked: { refusals, was: { open: facts.service?.isOpen ?? null, reason: facts.service?.reason ?? null } },
      refusals,
      async perform(write) {
        const closed = await closing.close(write);
        const why = await whyNotAsked(region, { host: host.name, body });
        if (why !== null)
          return { outcome: 'failed', detail: `${STAYS_CLOSED} ${why}`, requestIds: requestIdsOf(...closed) };
        try {
          const written = await createAudit(write, {
            name: audit,
            type: 'ONESHOT',
            of: MAINTENANCE,
            parameters: { maintenance_node: host.name },
            // Another plan that runs would make Watcher drop the audit without a word.
            force: true,
          });
          return { ...ASKED, requestIds: requestIdsOf(...closed, written) };
        } catch (error) {
          if (!(error instanceof NotWritten)) throw error;
          return {
            outcome: 'failed',
            detail: `${STAYS_CLOSED} ${error.message}`,
            requestIds: requestIdsOf(...closed, error),
          };
        }
      },
    };
  },
  async settle(session, { request }, isFinal) {
    if ((await readAudit(session, partOfRequest(request, 'audit'))) !== null) return ASKED;
    return {
      outcome: isFinal ? 'failed' : 'unknown',
      detail: 'Watcher has no such audit; the host may be closed.',
      requestIds: [],
    };
  },
};

const STAYS_CLOSED = 'The host is closed, but no plan was asked for.';

const ASKED: Done = {
  outcome: 'done',
  detail: 'The host is closed, and Watcher makes a plan of host_maintenance, which waits until somebody starts it.',
  requestIds: [],
};

function refuseOthers({ host }: HostLook, { vms, takes }: MaintainBody): Refusal[] {
  const there = host.servers.map(({ id }) => id);
  const known = new Set(takes);
  if (there.length !== known.size || there.some((id) => !known.has(id)))
    return [refusal('changed', `The VMs on ${host.name} have changed since you looked.`)];
  return vms === there.length ? [] : [refusal('number', `It is ${formatThings(there.length, 'VM')}, not ${vms}.`)];
}

/** The check after the closing: VMs may have landed until then. */
async function whyNotAsked(
  region: RegionId,
  { host, body }: { host: string; body: MaintainBody },
): Promise<string | null> {
  const look = await lookAtHost(region, host);
  if (look === null) return 'Nova has no such host any more.';
  if (look.problem !== null) return look.problem;
  return [...refuseOthers(look, body), ...(await refuseMaintainNow(look))][0]?.text ?? null;
}

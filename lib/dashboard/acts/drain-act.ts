import 'server-only';
import { randomUUID } from 'node:crypto';
import type { DrainBody } from '@/lib/contract/v1/drain';
import { refusal } from '@/lib/domain/acts/refusal';
import type { ApprovedMove } from '@/lib/domain/careful/careful-run';
import { newRun } from '@/lib/domain/careful/record';
import { type ApprovedDrain, refuseMoves } from '@/lib/domain/drain/approved';
import { refuseDrain } from '@/lib/domain/drain/refuse';
import { formatThings } from '@/lib/format';
import { readComputeService } from '@/lib/openstack/compute-services';
import { MINUTE_MS } from '@/lib/units';
import type { RegionId } from '../process/region';
import { type Act, type Done, partOfRequest, requestIdsOf } from './act';
import { meansOf } from './drain-way';
import { backByOf, closingOf, HOST_CHANGED, hostOf, lookAtNamed, refuseBackBy, turnOfHost } from './host-acts';
import { addRun, findRun } from './kept-run';
import { digestOfHost, type HostLook, lookAtHost } from './look-at-host';
import { proveNow } from './prove-now';

/** How long each step of the moves is measured. */
const MEASURE_MS = 2 * MINUTE_MS;

/** Closes a host, checks again, and has a careful run move its VMs: in this order, so that no VM lands in between. */
export const drainAct: Act<DrainBody> = {
  name: 'drain-host',
  turn: turnOfHost,
  changes: ['inventory', 'optimizer'],
  reason: ({ reason }) => reason,
  keepsTokenFor: ({ request }) => partOfRequest(request, 'run'),
  goesOn: true,
  async prepare(asked) {
    const { body, person, region } = asked;
    const seen = await lookAtNamed(asked);
    const { facts, host, problem } = seen;
    const approved = approvedBy(body, seen);
    const [{ scene }, means] = await Promise.all([proveNow(seen), meansOf(seen.readings)]);
    const backBy = backByOf(body);
    const refusals = [
      ...refuseDrain(facts, means),
      ...(problem === null ? [] : [refusal('cannot-check', problem)]),
      ...(body.seen === digestOfHost(seen) ? [] : [HOST_CHANGED]),
      ...refuseBackBy(backBy, facts.now),
      ...(body.vms === approved.moves.length
        ? []
        : [refusal('number', `It is ${formatThings(approved.moves.length, 'VM')}, not ${body.vms}.`)]),
      ...refuseMoves(scene, approved),
    ];
    const run = newRun({
      id: randomUUID(),
      of: { kind: 'drain', host: host.name },
      rules: { width: null, measureMs: MEASURE_MS, untilAt: null },
      moves: approved.moves,
      now: facts.now,
    });
    const { service } = facts;
    const closing = closingOf(seen, { reason: body.reason, person, backBy });
    return {
      ...hostOf(seen),
      request: { ...body, run: run.id, nova_reason: closing.text },
      checked: { refusals, was: { open: service?.isOpen ?? null, reason: service?.reason ?? null } },
      refusals,
      async perform(write, actor) {
        const closed = await closing.close(write);
        const why = await whyNotMoved(region, approved);
        const requestIds = requestIdsOf(...closed);
        if (why !== null) return { outcome: 'failed', detail: `${STAYS_CLOSED} ${why}`, requestIds };
        await addRun(region, { run, actor, reason: body.reason });
        return { ...begun(approved.moves.length), requestIds };
      },
    };
  },
  async settle(session, { objectId, request }, isFinal) {
    if ((await findRun(partOfRequest(request, 'run'))) !== null) return begun(null);
    const service = await readComputeService(session, objectId);
    if (service?.isOpen === false && service.reason === partOfRequest(request, 'nova_reason'))
      return { outcome: 'failed', detail: STAYS_CLOSED, requestIds: [] };
    return { outcome: isFinal ? 'refused' : 'unknown', detail: 'The host was not closed.', requestIds: [] };
  },
};

const STAYS_CLOSED = 'The host is closed, but nothing moves.';

const begun = (moves: number | null): Done => ({
  outcome: 'done',
  detail: `The host is closed, and a careful run moves ${moves === null ? 'its VMs' : formatThings(moves, 'VM')} off it.`,
  requestIds: [],
});

function approvedBy({ moves, stays }: DrainBody, { host, readings }: HostLook): ApprovedDrain {
  const names = new Map((readings.inventory?.value?.servers ?? []).map(({ id, name }) => [id, name]));
  return {
    host: host.name,
    moves: moves.map(
      ({ vm_id: vmId, destination, live }): ApprovedMove => ({
        vmId,
        vmName: names.get(vmId) ?? vmId,
        source: host.name,
        destination,
        live,
      }),
    ),
    stays,
  };
}

/** The check after the closing: VMs may have landed until then. */
async function whyNotMoved(region: RegionId, approved: ApprovedDrain): Promise<string | null> {
  const look = await lookAtHost(region, approved.host);
  if (look === null) return 'Nova has no such host any more.';
  if (look.problem !== null) return look.problem;
  const { scene } = await proveNow(look);
  return refuseMoves(scene, approved)[0]?.text ?? null;
}

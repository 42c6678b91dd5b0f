import 'server-only';
import type { ZoneRoom } from '@/lib/domain/drain/describe';
import { commonestFlavor, findHeadroom, roomAfter } from '@/lib/domain/drain/headroom';
import type { DrainProof } from '@/lib/domain/drain/proof';
import { inSteps } from '@/lib/yield';
import { takeRoom } from '../collect/room-readings';
import type { HostLook } from './look-at-host';

/** What the zone of a host can still take, now and without the host. */
export async function zoneRoom({ host, readings }: HostLook, { vms }: DrainProof): Promise<ZoneRoom> {
  const { room: now, placing } = await takeRoom(readings);
  const zone = now.hosts.find(({ name }) => name === host.name)?.zone ?? '';
  const flavor = commonestFlavor(now, zone);
  const isKnown = now.hosts.some((one) => one.zone === zone && one.isOpen && one.classes !== null);
  if (!isKnown) return { flavor: flavor?.name ?? null, now: null, after: null };
  const moves = new Map(vms.flatMap(({ id, move }) => (move?.destination ? [[id, move.destination] as const] : [])));
  const asked = { zone, flavor, groups: placing.rules.value?.groups.value ?? [] };
  return {
    flavor: flavor?.name ?? null,
    now: await inSteps(findHeadroom(now, asked)),
    after: await inSteps(findHeadroom(roomAfter(now, { host: host.name, moves }), asked)),
  };
}

import { listFlavorsWithSpecs } from '@/lib/openstack/flavors';
import type { Server, ServerFlavor } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { asPart, type Part, type PlacingRules, readPlacingRules } from './placing-rules';

/** What decides where more VMs may go: the rules of placing, and all flavors that people may choose from. */
export type RoomRules = { placing: PlacingRules; flavors: Part<ServerFlavor[]> };

export async function readRoomRules(session: Session, servers: Server[]): Promise<RoomRules> {
  const flavors = await asPart(listFlavorsWithSpecs(session));
  // Traits of flavors that no VM has yet matter too.
  const sizes = [...servers, ...(flavors.value ?? []).map((flavor) => ({ flavor }))];
  return { placing: await readPlacingRules(session, sizes), flavors };
}

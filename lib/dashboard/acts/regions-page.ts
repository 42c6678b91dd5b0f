import 'server-only';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { Permission } from '@/lib/contract/v1/acts';
import type { Regions } from '@/lib/contract/v1/regions';
import { worstFirst } from '@/lib/domain/cluster/region-state';
import { requireVisitor } from '../access/visitors';
import { listRegions } from '../sources/regions';
import { viewRegionLine } from '../views/region-lines';
import { asView, type View } from '../views/view';
import { permissionOf } from './permission';

/** All regions, worst first, each with what the visitor may do there. */
export async function viewRegions(visitor: Visitor, headers: HeaderReader): Promise<Regions> {
  // The same in all regions of a cloud, and Keystone may have to be asked.
  const permissions = new Map<string, Promise<Permission>>();
  const regions = await Promise.all(
    listRegions().map(async (region) => {
      const asked = permissions.get(region.cloud) ?? permissionOf(visitor, headers, region.id);
      permissions.set(region.cloud, asked);
      const [line, { may_act: mayAct }] = await Promise.all([viewRegionLine(region), asked]);
      return { ...line, may_act: mayAct };
    }),
  );
  return { regions: worstFirst(regions) };
}

export const readRegions = (headers: HeaderReader): Promise<View<Regions>> =>
  asView(async () => viewRegions(await requireVisitor(), headers));

import 'server-only';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { Regions } from '@/lib/contract/v1/regions';
import { worstFirst } from '@/lib/domain/cluster/region-state';
import { requireVisitor } from '../access/visitors';
import { listRegions } from '../sources/regions';
import { viewRegionLine } from '../views/region-lines';
import { asView, type View } from '../views/view';
import { permissionOf } from './permission';

/** All regions, worst first, each with what the visitor may do there. */
export async function viewRegions(visitor: Visitor, headers: HeaderReader): Promise<Regions> {
  const regions = await Promise.all(
    listRegions().map(async (region) => {
      const [line, permission] = await Promise.all([viewRegionLine(region), permissionOf(visitor, headers, region.id)]);
      return { ...line, may_act: permission.may_act };
    }),
  );
  return { regions: worstFirst(regions) };
}

export const readRegions = (headers: HeaderReader): Promise<View<Regions>> =>
  asView(async () => viewRegions(await requireVisitor(), headers));

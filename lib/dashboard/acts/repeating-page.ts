import 'server-only';
import type { HeaderReader } from '@/lib/auth/visitor';
import type { Permission } from '@/lib/contract/v1/acts';
import type { RepeatingAudits } from '@/lib/contract/v1/repeating';
import { requireVisitor } from '../access/visitors';
import { auditCasesOf } from '../collect/joined';
import { takeReadings } from '../collect/reading-set';
import type { RegionId } from '../process/region';
import { OF_REPEATING, viewRepeating } from '../views/repeating';
import { asView, type View } from '../views/view';
import { permissionOf } from './permission';

export type RepeatingPage = { list: RepeatingAudits; permission: Permission; audits: number };

/** The register with what its visitor may do. */
export const readRepeating = (region: RegionId, headers: HeaderReader): Promise<View<RepeatingPage>> =>
  asView(async () => {
    const permission = await permissionOf(await requireVisitor(), headers, region);
    const readings = await takeReadings(region, OF_REPEATING);
    return { list: await viewRepeating(readings), permission, audits: auditCasesOf(readings).length };
  });

import 'server-only';
import type { HeaderReader } from '@/lib/auth/visitor';
import type { NewAudit, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { requireVisitor } from '../access/visitors';
import { takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { viewNewAudit, viewNewAuditCheck } from '../views/new-audit';
import { asView, type View } from '../views/view';
import { permissionOf } from './permission';

/** The form of a new audit with the check of what it begins with. @param like id or name of an audit */
export const readNewAudit = (
  region: RegionId,
  like: string | undefined,
  headers: HeaderReader,
): Promise<View<{ form: NewAudit; check: NewAuditCheck }>> =>
  asView(async () => {
    const permission = await permissionOf(await requireVisitor(), headers, region);
    const readings = await takeComplete(region, ALL_READINGS);
    const form = await viewNewAudit(readings, like, permission);
    return { form, check: await viewNewAuditCheck(readings, form.begin) };
  });

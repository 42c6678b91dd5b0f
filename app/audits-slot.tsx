import { Suspense } from 'react';
import { AuditsSection } from '@/components/audits/audits-section';
import { NoAudits } from '@/components/audits/no-audits';
import { AuditsSkeleton } from '@/components/audits/skeleton';
import { Notice } from '@/components/ui/notice';
import { WidgetBoundary } from '@/components/widget-boundary';
import { type AuditDetail, type AuditList, auditDetailSchema } from '@/lib/contract/v1/audits';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { asAnswered } from '@/lib/dashboard/views/as-answered';
import { readAuditDetail, readAuditList } from '@/lib/dashboard/views/audits';
import { readVirtual } from '@/lib/dashboard/views/overview';
import type { View } from '@/lib/dashboard/views/view';

/** So many of the newest are listed at first. */
const LISTED = 50;

/** What the section shows at first. */
export type AuditsRead = {
  list: View<AuditList>;
  /** The audit that the address names, else the newest; null where the browser has it already. */
  detail: AuditDetail | null;
  /** What the address names where there is no such audit. */
  missing: string | null;
  region: string | null;
};

/**
 * The list, and of the audit that the address names, or the newest, everything.
 *
 * @param wanted the audit that the address names, by id or name
 * @param brief the browser has the audit already and brings it up to date itself
 */
export async function readAudits(wanted: string | undefined, brief: boolean): Promise<AuditsRead> {
  const region = regionOfRequest();
  const [list, named, regionName] = await Promise.all([
    readAuditList(region, { limit: LISTED, offset: 0 }),
    wanted === undefined ? null : readAuditDetail(region, wanted),
    readRegion(),
  ]);
  const missing = wanted !== undefined && named === null ? wanted : null;
  const newest = list.ok ? list.data.audits[0] : undefined;
  if (brief || newest === undefined) return { list, detail: null, missing, region: regionName };
  const shown = named ?? (await readAuditDetail(region, newest.id));
  return { list, detail: shown?.ok ? asAnswered(auditDetailSchema, shown.data) : null, missing, region: regionName };
}

type Props = {
  read: Promise<AuditsRead>;
  /** The page waits until it is there: what comes later needs JavaScript to get to its place. */
  whole: boolean;
};

/** The place of the audits: it is filled in its own time and may fail by itself. */
export function AuditsSlot({ read, whole }: Props) {
  const content = <Audits read={read} />;
  return (
    <WidgetBoundary>{whole ? content : <Suspense fallback={<AuditsSkeleton />}>{content}</Suspense>}</WidgetBoundary>
  );
}

/** The list, and beside it the audit that the address names, else the newest. */
async function Audits({ read }: { read: Props['read'] }) {
  const { list, detail, missing, region } = await read;
  const now = Date.now();
  if (!list.ok) {
    return (
      <Notice tone="error" role="alert">
        {list.problem.message}
      </Notice>
    );
  }
  const { audits, readings } = list.data;
  if (audits.length === 0) return <NoAudits region={region} reading={readings.optimizer} now={now} />;
  return <AuditsSection list={list.data} detail={detail} missing={missing} region={region} now={now} />;
}

/** The region's name; null where Nova has given nothing. */
export async function readRegion(): Promise<string | null> {
  const view = await readVirtual(regionOfRequest());
  return view.ok && view.data.region.name !== '' ? view.data.region.name : null;
}

import { Suspense } from 'react';
import { AuditsSection } from '@/components/audits/audits-section';
import { NoAudits } from '@/components/audits/no-audits';
import { AuditsSkeleton } from '@/components/audits/skeleton';
import { WidgetBoundary } from '@/components/widget-boundary';
import type { AuditDetail, AuditList } from '@/lib/contract/v1/audits';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readAuditList, readAuditOnPage } from '@/lib/dashboard/views/audits';
import { readVirtual } from '@/lib/dashboard/views/overview';
import type { View } from '@/lib/dashboard/views/view';
import { ProblemNotice } from './problem-notice';

/** The newest audits, which are listed at first. */
const LISTED = 50;

/** What the section shows at first. */
export type AuditsRead = {
  list: View<AuditList>;
  /** The audit that the address names, or the newest; null where the browser has it already, or asks for it itself. */
  detail: AuditDetail | null;
  /** The name in the address where there is no such audit. */
  missing: string | null;
  /** The audit is too large for the page. */
  leftOut: boolean;
  region: string | null;
};

/**
 * The list, and everything about the audit that the address names, or about the newest.
 *
 * @param wanted the audit that the address names, by id or name
 * @param detailed `never` leaves the audit out: the browser has it and refreshes it itself. `small` leaves it out if it is
 * large: the browser asks for it, and gets it as every client of the API does
 */
export async function readAudits(
  wanted: string | undefined,
  detailed: 'always' | 'small' | 'never',
): Promise<AuditsRead> {
  const region = regionOfPage();
  const [list, named, regionName] = await Promise.all([
    readAuditList(region, { limit: LISTED, offset: 0 }),
    wanted === undefined ? null : readAuditOnPage(region, wanted, detailed === 'always'),
    readRegion(),
  ]);
  const missing = wanted !== undefined && named === null ? wanted : null;
  const newest = list.ok ? list.data.audits[0] : undefined;
  const brief = { list, detail: null, missing, leftOut: false, region: regionName };
  if (detailed === 'never' || newest === undefined) return brief;
  const shown = named ?? (await readAuditOnPage(region, newest.id, detailed === 'always'));
  if (!shown?.ok) return brief;
  const { detail } = shown.data;
  return { ...brief, detail, leftOut: detail === null };
}

type Props = {
  read: Promise<AuditsRead>;
  /** The page waits for it: without JavaScript nothing could be filled in later. */
  whole: boolean;
};

/** The place of the audits: it loads, and may fail, independently of the rest. */
export function AuditsSlot({ read, whole }: Props) {
  const content = <Audits read={read} />;
  return (
    <WidgetBoundary>{whole ? content : <Suspense fallback={<AuditsSkeleton />}>{content}</Suspense>}</WidgetBoundary>
  );
}

async function Audits({ read }: { read: Props['read'] }) {
  const { list, detail, missing, region } = await read;
  const now = Date.now();
  if (!list.ok && list.problem.isReading) return <AuditsSkeleton />;
  if (!list.ok) {
    return <ProblemNotice problem={list.problem} />;
  }
  const { audits, readings } = list.data;
  if (audits.length === 0) return <NoAudits region={region} reading={readings.optimizer} now={now} />;
  return <AuditsSection list={list.data} detail={detail} missing={missing} region={region} now={now} />;
}

/** The name of the region; null until Nova has responded. */
export async function readRegion(): Promise<string | null> {
  const view = await readVirtual(regionOfPage());
  return view.ok && view.data.region.name !== '' ? view.data.region.name : null;
}

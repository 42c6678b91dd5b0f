import { Suspense } from 'react';
import { AuditsSection } from '@/components/audits/audits-section';
import { NoAudits } from '@/components/audits/no-audits';
import { AuditsSkeleton } from '@/components/audits/skeleton';
import { Notice } from '@/components/ui/notice';
import { WidgetBoundary } from '@/components/widget-boundary';
import { readAuditDetail, readAuditList, readVirtual } from '@/lib/dashboard/views';

/** So many of the newest are listed at first. */
const LISTED = 50;

type Props = {
  /** The audit that the address names, by id or name. */
  wanted: string | undefined;
  /** The page waits until it is there: what comes later needs JavaScript to get to its place. */
  whole: boolean;
};

/** The place of the audits: it is filled in its own time and may fail by itself. */
export function AuditsSlot({ wanted, whole }: Props) {
  return (
    <WidgetBoundary>
      {whole ? (
        <Audits wanted={wanted} />
      ) : (
        <Suspense fallback={<AuditsSkeleton />}>
          <Audits wanted={wanted} />
        </Suspense>
      )}
    </WidgetBoundary>
  );
}

/** The list, and beside it the audit that the address names, else the newest. */
async function Audits({ wanted }: { wanted: string | undefined }) {
  const [list, named, region] = await Promise.all([
    readAuditList({ limit: LISTED, offset: 0 }),
    wanted === undefined ? null : readAuditDetail(wanted),
    readRegion(),
  ]);
  const now = Date.now();
  if (!list.ok) {
    return (
      <Notice tone="error" role="alert">
        {list.problem.message}
      </Notice>
    );
  }
  const { audits, readings } = list.data;
  const [newest] = audits;
  if (newest === undefined) return <NoAudits region={region} reading={readings.optimizer} now={now} />;
  const shown = named ?? (await readAuditDetail(newest.id));
  return (
    <AuditsSection
      list={list.data}
      detail={shown?.ok ? shown.data : null}
      missing={wanted !== undefined && named === null ? wanted : null}
      region={region}
      now={now}
    />
  );
}

/** The region's name; null where Nova has given nothing. */
export async function readRegion(): Promise<string | null> {
  const view = await readVirtual();
  return view.ok && view.data.region.name !== '' ? view.data.region.name : null;
}

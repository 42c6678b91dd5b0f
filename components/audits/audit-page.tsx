'use client';

import type { AuditDetail } from '@/lib/contract/v1/audits';
import { auditsAddress } from '../figures/addresses';
import { useNow } from '../live/now';
import { useAudit } from '../live/use-answer';
import { Notice } from '../ui/notice';
import { BackLink } from '../ui/page';
import { AuditView } from './audit-view';

/** Ages are shown in minutes; ms. */
const CLOCK_MS = 15_000;

type Props = { detail: AuditDetail; region: string | null; now: number };

/** One audit on a page of its own, to link to. */
export function AuditPage({ detail: given, region, now: rendered }: Props) {
  const now = useNow(rendered, CLOCK_MS);
  const { data, error } = useAudit(given.audit.id, given);
  return (
    <>
      <BackLink href={`${auditsAddress(given.audit.id)}#audits`}>All audits</BackLink>
      {error?.status === 404 ? (
        <Notice tone="warn" role="status">
          That audit no longer exists. Showing its last known state.
        </Notice>
      ) : null}
      <AuditView detail={data ?? given} now={now} region={region} level={2} />
    </>
  );
}

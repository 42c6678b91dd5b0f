'use client';

import type { AuditDetail } from '@/lib/contract/v1/audits';
import { auditsAddress } from '../figures/addresses';
import type { AnswerError } from '../live/answers';
import { useNow } from '../live/now';
import { useAudit } from '../live/use-answer';
import { Notice } from '../ui/notice';
import { BackLink } from '../ui/page';
import { AuditView } from './audit-view';
import { DetailSkeleton } from './skeleton';

/** Ages are shown in minutes; ms. */
const CLOCK_MS = 15_000;

type Props = {
  id: string;
  name: string;
  /** null if the browser asks for it itself, since it is large. */
  detail: AuditDetail | null;
  region: string | null;
  now: number;
};

/** One audit on a page of its own, to link to. */
export function AuditPage({ id, name, detail: given, region, now: rendered }: Props) {
  const now = useNow(rendered, CLOCK_MS);
  const { data, error } = useAudit(id, given ?? undefined);
  const detail = data ?? given;
  return (
    <>
      <BackLink href={`${auditsAddress(id)}#audits`}>All audits</BackLink>
      {error?.status === 404 && detail !== null ? (
        <Notice tone="warn" role="status">
          That audit no longer exists. Showing its last known state.
        </Notice>
      ) : null}
      {detail === null ? (
        <Awaited name={name} error={error} />
      ) : (
        <AuditView detail={detail} now={now} region={region} level={2} />
      )}
    </>
  );
}

function Awaited({ name, error }: { name: string; error: AnswerError | undefined }) {
  return (
    <>
      <h1 className="visually-hidden">{name}</h1>
      {error === undefined ? (
        <DetailSkeleton />
      ) : (
        <Notice tone="error" role="alert">
          {error.message}
        </Notice>
      )}
    </>
  );
}

'use client';

import Link from 'next/link';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { useNow } from '../live/now';
import { useAudit } from '../live/use-answer';
import { Icon } from '../ui/icon';
import { Notice } from '../ui/notice';
import styles from './audit-page.module.css';
import { AuditView } from './audit-view';

/** Minutes are what ages are told in here. */
const CLOCK_MS = 15_000;

type Props = { detail: AuditDetail; region: string | null; now: number };

/** One audit on a page of its own, to link to. */
export function AuditPage({ detail: given, region, now: rendered }: Props) {
  const now = useNow(rendered, CLOCK_MS);
  const { data, error } = useAudit(given.audit.id, given);
  return (
    <>
      <nav aria-label="Breadcrumb" className={styles.back}>
        <Link href={`/?audit=${encodeURIComponent(given.audit.id)}#audits`} prefetch={false}>
          <Icon name="back" size={14} />
          All audits
        </Link>
      </nav>
      {error?.status === 404 ? (
        <Notice tone="warn" role="status">
          That audit no longer exists. This is what was last known of it.
        </Notice>
      ) : null}
      <AuditView detail={data ?? given} now={now} region={region} level={2} />
    </>
  );
}

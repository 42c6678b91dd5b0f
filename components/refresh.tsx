'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import useSWR from 'swr';
import type { SourceStatus } from '@/lib/contract/promised/source-status';
import styles from './refresh.module.css';
import { Badge } from './ui/badge';
import { SourceBadge } from './ui/source-badge';

async function readStatus(address: string): Promise<SourceStatus> {
  const response = await window.fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** Brings the page's data up to date while somebody looks, and shows the sources' state on its own clock. */
export function Refresh({ seconds, statusSeconds }: { seconds: number; statusSeconds: number }) {
  const router = useRouter();
  useEffect(() => {
    let refreshedAt = Date.now();
    const refreshIfDue = () => {
      if (document.hidden || Date.now() - refreshedAt < seconds * 1000) return;
      refreshedAt = Date.now();
      router.refresh();
    };
    const timer = setInterval(refreshIfDue, 1000);
    document.addEventListener('visibilitychange', refreshIfDue);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refreshIfDue);
    };
  }, [router, seconds]);
  const { data, error } = useSWR('/api/source-status/', readStatus, { refreshInterval: statusSeconds * 1000 });
  return (
    <p role="status" className={styles.sources}>
      {error ? (
        // It is this server that does not answer; of the sources nothing is known then.
        <Badge tone="error">Watcher Visio does not answer</Badge>
      ) : (
        <>
          <SourceBadge name="Prometheus" status={data?.prometheus.status ?? 'checking'} />
          <SourceBadge name="OpenStack" status={data?.openstack.status ?? 'checking'} />
        </>
      )}
    </p>
  );
}

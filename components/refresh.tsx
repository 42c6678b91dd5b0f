'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import useSWR from 'swr';
import type { SourceStatus } from '@/lib/contract/promised/source-status';
import { Badge, type Tone } from './ui/badge';

const TONES: Record<string, Tone> = { ok: 'ok', error: 'error', mock: 'mock' };
const WORDS: Record<string, string> = { ok: 'ok', error: 'error', mock: 'mock data' };

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
  const badge = (name: string, status: string | undefined) => {
    const shown = error ? 'error' : status;
    return (
      <Badge
        tone={TONES[shown ?? ''] ?? 'plain'}
      >{`${name} ${shown === undefined ? 'checking' : (WORDS[shown] ?? shown)}`}</Badge>
    );
  };
  return (
    <p role="status">
      {badge('Prometheus', data?.prometheus.status)} {badge('OpenStack', data?.openstack.status)}
    </p>
  );
}

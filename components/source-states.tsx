'use client';

import type { SourceView } from '@/lib/contract/v1/sources';
import { useSources } from './live/use-answer';
import styles from './source-states.module.css';
import { Badge } from './ui/badge';
import { SourceBadge } from './ui/source-badge';

/** The sources' state, asked for on the clock of their probes. */
export function SourceStates({ seconds }: { seconds: number }) {
  const { data, error } = useSources(seconds);
  const known = error ? undefined : data?.sources;
  return (
    <p role="status" className={styles.sources}>
      {error ? (
        // It is this server that does not answer; of the sources nothing is known then.
        <Badge tone="error">Watcher Visio does not answer</Badge>
      ) : (
        <>
          <SourceBadge name="Prometheus" status={sum(known?.filter(isPrometheus))} />
          <SourceBadge name="OpenStack" status={sum(known?.filter((source) => !isPrometheus(source)))} />
        </>
      )}
    </p>
  );
}

const isPrometheus = ({ name }: SourceView) => name === 'Prometheus';

function sum(sources: SourceView[] | undefined): SourceView['status'] | 'checking' {
  if (sources === undefined || sources.length === 0) return 'checking';
  const has = (wanted: SourceView['status']) => sources.some(({ status }) => status === wanted);
  return has('error') ? 'error' : has('mock') ? 'mock' : 'ok';
}

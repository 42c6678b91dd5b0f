'use client';

import { useState } from 'react';
import { Freshness } from '@/components/figures/freshness';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { useTick } from '../live/live-refresh';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { SectionHead, Stack } from '../ui/page';
import styles from './no-audits.module.css';

const COMMAND = `openstack optimize audit create --name first-balance \\
  --goal workload_balancing --strategy workload_stabilization`;

type Props = { region: string | null; reading: ReadingState; now: number };

/** Watcher has no audit: how to create the first one. */
export function NoAudits({ region, reading, now }: Props) {
  const { busy, refresh } = useTick();
  const [copied, setCopied] = useState(false);
  return (
    <section aria-labelledby="audits">
      <Stack>
        <SectionHead id="audits" title="Audits" />
        <EmptyState
          icon="plan"
          heading="h3"
          title={region ? `No audits in ${region} yet` : 'No audits yet'}
          actions={
            <>
              <Button
                icon={copied ? 'check' : 'copy'}
                onClick={() => navigator.clipboard?.writeText(COMMAND).then(() => setCopied(true))}
              >
                {copied ? 'Command copied' : 'Copy command'}
              </Button>
              <Button icon="refresh" aria-disabled={busy} onClick={() => refresh()}>
                {busy ? 'Checking' : 'Check again'}
              </Button>
            </>
          }
        >
          <p>
            Create one in Watcher and its plan appears here within minutes. A good first audit balances CPU and RAM over
            the whole cluster.
          </p>
          <pre className={styles.command}>{COMMAND}</pre>
        </EmptyState>
        <Freshness what="Audits" reading={reading} now={now} />
      </Stack>
    </section>
  );
}

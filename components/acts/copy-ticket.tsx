'use client';

import type { Run } from '@/lib/contract/v1/run';
import { CopyText } from '../ui/copy-text';
import { ticketOf } from './ticket';

/** Copies what came of a run as Markdown. */
export const CopyTicket = ({ run }: { run: Run }) => (
  <CopyText
    make={() => ticketOf(run, window.location.href)}
    file={{ name: `run-${run.plan.id}.md`, type: 'text/markdown' }}
    label="Copy for a ticket"
  />
);

'use client';

import type { ReviewedShutdown } from '@/lib/contract/v1/verdicts';
import { formatCount, formatThings } from '@/lib/format';
import { VERDICT_LOOK } from '../figures/verdicts';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Name, Unknown } from '../ui/values';
import { ReasonList } from './reason-list';
import { stateLook } from './words';

const FIRST_ROWS = 25;

const COLUMNS: Column[] = [
  { id: 'wave', title: 'Wave', kind: 'number' },
  { id: 'vm', title: 'VM' },
  { id: 'host', title: 'Host' },
  { id: 'how', title: 'How' },
  { id: 'check', title: 'Pre-flight', kind: 'prose' },
];

/** VMs that the plan stops, shelves or deletes. */
export function ShutdownsTable({ shutdowns }: { shutdowns: ReviewedShutdown[] }) {
  const shown = useShown(shutdowns.length, FIRST_ROWS);
  return (
    <Panel title="VMs taken out of service" note={formatThings(shutdowns.length, 'VM')} long>
      <ScrollTable label="VMs that the plan takes out of service" columns={COLUMNS}>
        {shutdowns.slice(0, shown.count).map((shutdown) => (
          <tr key={shutdown.action_id}>
            <td data-kind="number">{formatCount(shutdown.wave)}</td>
            <td>
              <Name>{shutdown.vm_name}</Name>
            </td>
            <td>
              {shutdown.host === null ? (
                <Unknown reason="Nova reports no host for it." />
              ) : (
                <Name>{shutdown.host}</Name>
              )}
            </td>
            <td>{shutdown.how}</td>
            <td data-kind="prose">
              <Verdict shutdown={shutdown} />
            </td>
          </tr>
        ))}
      </ScrollTable>
      <ShowMore shown={shown} />
    </Panel>
  );
}

function Verdict({ shutdown: { verdict, state, reasons, status_message: message } }: { shutdown: ReviewedShutdown }) {
  const { tone, word } =
    verdict === null ? stateLook({ state, happened: null, change: 'none' }) : VERDICT_LOOK[verdict];
  return (
    <>
      <Tag tone={tone}>{word}</Tag>
      <ReasonList message={message} reasons={reasons} />
    </>
  );
}

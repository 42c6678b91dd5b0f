import type { StrategyRate } from '@/lib/contract/v1/delivered';
import { formatCount, formatPercent } from '@/lib/format';
import { SecondLine } from '../figures/said';
import { EmptyState } from '../ui/empty-state';
import { Panel } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Name, Quiet, Unknown } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'strategy', title: 'Strategy' },
  { id: 'plans', title: 'Plans', kind: 'number' },
  { id: 'done', title: 'Done', kind: 'number' },
  { id: 'not', title: 'Not started', kind: 'prose' },
  { id: 'failed', title: 'Failed or stopped', kind: 'number' },
  { id: 'actions', title: 'Actions failed', kind: 'number' },
  { id: 'kept', title: 'Kept 80% or more', kind: 'number' },
];

/** How often the plans of each strategy were worth starting, and kept what they promised. */
export function KeptPromises({ rates }: { rates: StrategyRate[] }) {
  return (
    <Panel title="Kept promises" note="plans of the last 30 days, by strategy">
      {rates.length === 0 ? (
        <EmptyState icon="plan" heading="h3" title="No plan in 30 days">
          How often plans are started, fail and deliver what they promise will be counted here.
        </EmptyState>
      ) : (
        <ScrollTable label="Kept promises by strategy" columns={COLUMNS} layout="cards">
          {rates.map((rate) => (
            <Row key={rate.strategy} rate={rate} />
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}

function Row({ rate }: { rate: StrategyRate }) {
  const proposals = rate.plans - rate.no_change;
  const actions = rate.actions_done + rate.actions_failed;
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        {rate.strategy === null ? <Quiet>Unknown</Quiet> : <Name>{rate.strategy}</Name>}
      </th>
      <td {...ROLES.cell} data-kind="number" data-label="Plans">
        {formatCount(proposals)}
        {rate.no_change === 0 ? null : <SecondLine>{`${formatCount(rate.no_change)} with nothing to do`}</SecondLine>}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="Done">
        {formatCount(rate.done)}
      </td>
      <td {...ROLES.cell} data-kind="prose" data-card="full">
        {notStarted(rate)}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="Failed or stopped">
        {formatCount(rate.failed + rate.stopped)}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="Actions failed">
        {actions === 0 ? (
          <Unknown reason="No action was run." />
        ) : (
          <>
            {formatPercent((100 * rate.actions_failed) / actions, 0)}
            <SecondLine>{`${formatCount(rate.actions_failed)} of ${formatCount(actions)}`}</SecondLine>
          </>
        )}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="Kept 80% or more">
        {rate.measured === 0 ? (
          <Unknown reason="None was measured, or none promised enough." />
        ) : (
          `${formatCount(rate.kept)} of ${formatCount(rate.measured)}`
        )}
      </td>
    </tr>
  );
}

/** "3 wait, 2 expired, 1 refused" */
function notStarted({ waiting, running, expired, replaced, refused }: StrategyRate): string {
  const parts = [
    waiting === 0 ? null : `${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`,
    running === 0 ? null : `${formatCount(running)} running`,
    expired === 0 ? null : `${formatCount(expired)} expired`,
    replaced === 0 ? null : `${formatCount(replaced)} replaced`,
    refused === 0 ? null : `${formatCount(refused)} refused`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '0' : parts.join(', ');
}

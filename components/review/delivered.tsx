'use client';

import type { Delivered as Compared, Deliveries } from '@/lib/contract/v1/delivered';
import { formatCount, formatPercent, formatPoints, formatThings } from '@/lib/format';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Panel, PanelNote } from '../ui/panel';
import { type Column, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Time } from '../ui/time';
import { After, Name, Quiet } from '../ui/values';

type Props = { delivered: Compared; strategy: string | null; now: number };

const COLUMNS: Column[] = [
  { id: 'host', title: 'Host' },
  { id: 'made', title: 'When made', kind: 'number' },
  { id: 'promised', title: 'Promised', kind: 'number' },
  { id: 'before', title: 'Before the run', kind: 'number' },
  { id: 'after', title: 'After the run', kind: 'number' },
  { id: 'error', title: 'Error', kind: 'number' },
  { id: 'change', title: 'Error of the change', kind: 'number' },
  { id: 'note', title: 'Note', kind: 'prose' },
];

/** For a plan that has run: CPU of the hosts it touched, as promised and as measured. */
export function Delivered({ delivered, strategy, now }: Props) {
  const { state, hosts, after_at: measuredFrom } = delivered;
  return (
    <Panel title="Promised and delivered" long>
      <PanelNote>{describe(delivered)}</PanelNote>
      {hosts.length === 0 ? null : (
        <ScrollTable label="CPU promised and delivered by host" columns={COLUMNS}>
          {hosts.map((host) => (
            <tr key={host.host}>
              <th scope="row">
                <Name>{host.host}</Name>
              </th>
              <td data-kind="number">{formatPercent(host.made)}</td>
              <td data-kind="number">
                <After>{formatPercent(host.promised)}</After>
              </td>
              <td data-kind="number">{formatPercent(host.before)}</td>
              <td data-kind="number">{formatPercent(host.after)}</td>
              <td data-kind="number">{formatPoints(host.error)}</td>
              <td data-kind="number">{formatPoints(host.change_error)}</td>
              <td data-kind="prose">
                <Disturbed reasons={host.disturbances} />
              </td>
            </tr>
          ))}
        </ScrollTable>
      )}
      {state === 'too-early' && measuredFrom !== null ? (
        <PanelNote>
          Measured from <Time at={measuredFrom} now={now} /> onwards.
        </PanelNote>
      ) : null}
      <StrategyMean strategy={strategy} />
    </Panel>
  );
}

/** What else changed a host's load, the first of it in words. */
function Disturbed({ reasons }: { reasons: string[] }) {
  const [first] = reasons;
  if (first === undefined) return null;
  const rest = reasons.length - 1;
  return (
    <span title={reasons.join('\n')}>
      <Tag tone="warn">disturbed</Tag> <Quiet>{first}</Quiet>
      {rest > 0 ? <Quiet> {formatCount(rest)} more.</Quiet> : null}
    </span>
  );
}

/** "Mean error 2.1 pts; 1.4 pts without the change of load in the meantime. 14 of 17 moves carried out." */
function describe({
  reason,
  moves_done: done,
  moves_total: all,
  moves_only_nova: onlyNova,
  unchecked,
  mean_error: mean,
  mean_change_error: change,
}: Compared) {
  const sentences = [
    mean === null
      ? reason
      : `Mean error ${formatPoints(mean)}${change === null ? '' : `; ${formatPoints(change)} without the change of load in the meantime`}.`,
    done === all ? null : `${formatCount(done)} of ${formatThings(all, 'move')} carried out.`,
    onlyNova === 0 ? null : `${formatCount(onlyNova)} of them Nova finished although Watcher does not say so.`,
    unchecked,
  ];
  return sentences.filter(Boolean).join(' ');
}

/** The mean error of all measured plans of this strategy. */
function StrategyMean({ strategy }: { strategy: string | null }) {
  const { data } = useAnswer<Deliveries>(ADDRESSES.delivered);
  const own = data?.strategies.find((one) => one.strategy === strategy);
  if (!own) return null;
  return (
    <PanelNote>
      Mean error of {strategy ?? 'this strategy'} so far: {formatPoints(own.mean_error)} over{' '}
      {formatThings(own.plans, 'measured plan')}.
    </PanelNote>
  );
}

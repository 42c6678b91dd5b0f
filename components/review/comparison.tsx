import type { Comparison as Compared, ComparedSide } from '@/lib/contract/v1/compare';
import type { Scores, Verdict } from '@/lib/contract/v1/verdicts';
import { formatBytes, formatCount, formatPercent, formatPoints, formatThings, MISSING } from '@/lib/format';
import { planAddress } from '../figures/addresses';
import { VERDICT_LOOK } from '../figures/verdicts';
import { Link } from '../ui/link';
import { Panel, PanelNote } from '../ui/panel';
import { ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Ago } from '../ui/time';
import { After } from '../ui/values';
import { MoveList } from './move-list';

type Props = { data: Compared; now: number };

/** Two plans side by side: their effect on the cluster, their cost, and the moves they share. */
export function Comparison({ data: { left, right, moves }, now }: Props) {
  return (
    <>
      <Panel label="Figures" long>
        <PanelNote>{describeWinner(left, right)}</PanelNote>
        <ScrollTable
          label="Figures of both plans"
          columns={[
            { id: 'figure', title: 'Figure' },
            { id: 'now', title: 'Now', kind: 'number' },
            { id: 'left', title: <SideHead side={left} now={now} />, kind: 'number' },
            { id: 'right', title: <SideHead side={right} now={now} />, kind: 'number' },
          ]}
        >
          {figures(left, right).map(({ name, before, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-kind="number">{before}</td>
              <td data-kind="number">
                <After>{values[0]}</After>
              </td>
              <td data-kind="number">
                <After>{values[1]}</After>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Verdict</th>
            <td />
            <td data-kind="number">
              <VerdictTag verdict={left.result.verdict} />
            </td>
            <td data-kind="number">
              <VerdictTag verdict={right.result.verdict} />
            </td>
          </tr>
        </ScrollTable>
      </Panel>
      <MoveList title="Same VM, another destination" moves={moves.differing} />
      <MoveList title="Only on the left" moves={moves.only_left} />
      <MoveList title="Only on the right" moves={moves.only_right} />
      <MoveList title="In common" moves={moves.common} />
    </>
  );
}

function SideHead({ side, now }: { side: ComparedSide; now: number }) {
  return (
    <>
      <Link href={planAddress(side.audit_id, side.plan_id)} prefetch={false}>
        {side.audit_name}
      </Link>
      {side.changed ? ', variant' : ''}
      <br />
      {side.plan_state}, made <Ago at={side.created_at} now={now} />
    </>
  );
}

function VerdictTag({ verdict }: { verdict: Verdict | null }) {
  if (verdict === null) return 'nothing left to run';
  const { tone, icon, word } = VERDICT_LOOK[verdict];
  return (
    <Tag tone={tone} icon={icon}>
      {word}
    </Tag>
  );
}

/** Which plan leaves the lower spread, and at what cost. */
function describeWinner(left: ComparedSide, right: ComparedSide): string {
  const spreadOf = ({ result }: ComparedSide) => result.after.cpu?.spread ?? null;
  const [a, b] = [spreadOf(left), spreadOf(right)];
  if (a === null || b === null) return 'Which plan leaves the lower spread is unknown: no host is measured.';
  const cost = ({ result: { totals } }: ComparedSide) =>
    `${formatThings(totals.moves_left, 'move')} and ${formatBytes(totals.ram_to_copy)} to copy`;
  if (formatCount(a, 1) === formatCount(b, 1)) {
    return `Both leave a spread of ${formatPoints(a)}: the left one with ${cost(left)}, the right one with ${cost(right)}.`;
  }
  const [winner, loser, side] = a < b ? [left, right, 'left'] : [right, left, 'right'];
  return `${winner.audit_name}, on the ${side}, leaves the lower spread: ${formatPoints(spreadOf(winner))} instead of ${formatPoints(spreadOf(loser))}, with ${cost(winner)} instead of ${cost(loser)}.`;
}

type Figure = { name: string; before: string; values: [left: string, right: string] };

function figures(left: ComparedSide, right: ComparedSide): Figure[] {
  const { now } = left.result;
  const scored = (name: string, textOf: (scores: Scores) => string): Figure => ({
    name,
    before: textOf(now),
    values: [textOf(left.result.after), textOf(right.result.after)],
  });
  const counted = (name: string, textOf: (result: ComparedSide['result']) => string): Figure => ({
    name,
    before: '',
    values: [textOf(left.result), textOf(right.result)],
  });
  return [
    scored('Balance', ({ overall }) => formatCount(overall)),
    scored('CPU used, score', ({ cpu }) => formatCount(cpu?.score)),
    scored('RAM used, score', ({ ram }) => formatCount(ram?.score)),
    scored('vCPU allocated, score', ({ vcpu }) => formatCount(vcpu?.score)),
    scored('RAM allocated, score', ({ vram }) => formatCount(vram?.score)),
    scored('CPU spread (σ)', ({ cpu }) => formatPoints(cpu?.spread)),
    scored('Hottest host', ({ cpu }) =>
      cpu ? `${cpu.highest.host} ${formatPercent(cpu.highest.percentage, 0)}` : MISSING,
    ),
    counted('Moves to run', ({ totals }) => formatCount(totals.moves_left)),
    counted('With estimated CPU', ({ totals }) => formatCount(totals.moves_estimated)),
    counted('RAM to copy', ({ totals }) => formatBytes(totals.ram_to_copy)),
    counted('Hosts emptied', ({ totals }) => formatCount(totals.emptied.count)),
    counted('Would fail', ({ counts }) => formatCount(counts['would-fail'])),
    counted('With a warning', ({ counts }) => formatCount(counts.warning)),
  ];
}

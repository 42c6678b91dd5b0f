import type { ReactNode } from 'react';
import type { Scene } from '@/lib/contract/v1/scene';
import type { Trim } from '@/lib/contract/v1/trim';
import type { ReviewResult, Scores } from '@/lib/contract/v1/verdicts';
import { levelOf } from '@/lib/domain/cluster/levels';
import { countRunning, type Trimmed } from '@/lib/domain/review/trim-choice';
import type { Variant } from '@/lib/domain/review/variant';
import {
  formatBytes,
  formatCores,
  formatCount,
  formatPercent,
  formatPoints,
  formatThings,
  MISSING,
} from '@/lib/format';
import { Panel, PanelNote } from '../ui/panel';
import { type Column, ScrollTable } from '../ui/table';
import styles from './trim-figures.module.css';
import { hasCurve, trimHeadline } from './trim-words';
import type { UsedTrim } from './use-trim';

/** Figures change while the slider moves, and columns should not; px. */
const FIGURE_WIDTH = 88;

type Props = {
  used: UsedTrim;
  variant: Variant;
  /** The review of the variant. */
  result: ReviewResult;
};

/** The figures now, with the chosen moves and with all; alone where there is no curve. */
export function TrimFigures({ used: { given, whole }, variant, result }: Props) {
  const { trim, scene } = given;
  const all = trim.moves.length;
  const running = countRunning(trim, variant);
  const columns: Column[] = [
    { id: 'figure', title: <span className="visually-hidden">Figure</span> },
    { id: 'now', title: 'Now', kind: 'number', width: FIGURE_WIDTH },
    { id: 'with', title: `With ${formatCount(running)}`, kind: 'number', width: FIGURE_WIDTH },
    { id: 'all', title: `All ${formatCount(all)}`, kind: 'number', width: FIGURE_WIDTH },
  ];
  const title = hasCurve(trim) ? `With ${formatCount(running)} of ${formatThings(all, 'move')}` : trimHeadline(trim);
  return (
    <Panel title={title}>
      {trim.reason === null ? null : <PanelNote>{trim.reason}</PanelNote>}
      <div className={styles.figures}>
        <ScrollTable label="Now, with the chosen moves and with all" columns={columns}>
          {listRows({ scene, trim, whole, result }).map(({ name, now, chosen, all: whatAll }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-kind="number">{now}</td>
              <td data-kind="number" className={styles.chosen}>
                {chosen}
              </td>
              <td data-kind="number">{whatAll}</td>
            </tr>
          ))}
        </ScrollTable>
      </div>
    </Panel>
  );
}

type Weights = Trim['weights'];
type Row = { name: string; now: ReactNode; chosen: ReactNode; all: ReactNode };
type Given = Trimmed & { whole: ReviewResult; result: ReviewResult };

function listRows({ scene, trim: { by, weights }, whole, result }: Given): Row[] {
  const hotAfter = ({ hosts }: ReviewResult) =>
    countHot(
      hosts.map(({ cpu_after: cpu }) => cpu),
      scene,
    );
  const spread = (resource: 'cpu' | 'ram') => (scores: Scores) => formatPoints(scores[resource]?.spread);
  const ofScores = (name: string, show: (scores: Scores) => string): Row => ({
    name,
    now: show(whole.now),
    chosen: show(result.after),
    all: show(whole.after),
  });
  const ofResults = (name: string, now: string, show: (one: ReviewResult) => string): Row => ({
    name,
    now,
    chosen: show(result),
    all: show(whole),
  });
  const emptied = ofResults('Hosts emptied', MISSING, ({ totals }) => formatCount(totals.emptied.count));
  const hotNow = formatCount(
    countHot(
      whole.hosts.map(({ cpu_now: cpu }) => cpu),
      scene,
    ),
  );
  return [
    ...(by === 'spread' ? [] : [emptied]),
    ofResults('Hot hosts', hotNow, (one) => formatCount(hotAfter(one))),
    ofScores('Hottest host', ({ cpu }) => formatPercent(cpu?.highest.percentage, 0)),
    ofScores('CPU spread', spread('cpu')),
    ...(weights.ram > 0 ? [ofScores('RAM spread', spread('ram'))] : []),
    ...(weights.cpu > 0 && weights.ram > 0
      ? [ofScores(bothWords(weights), (scores) => formatPoints(weighed(scores, weights)))]
      : []),
    ofResults('To copy', MISSING, ({ totals }) => formatBytes(totals.ram_to_copy)),
  ];
}

/** What the curve shows where CPU and RAM are weighed. */
const bothWords = ({ cpu, ram }: Weights): string => `${formatCores(cpu)} × CPU + ${formatCores(ram)} × RAM`;

const weighed = ({ cpu, ram }: Scores, weights: Weights): number | null =>
  cpu === null || ram === null ? null : weights.cpu * cpu.spread + weights.ram * ram.spread;

/** null if no host is measured. */
function countHot(loads: (number | null)[], { limits }: Scene): number | null {
  const known = loads.filter((load) => load !== null);
  return known.length === 0 ? null : known.filter((load) => levelOf(load, limits.cpu) === 'hot').length;
}

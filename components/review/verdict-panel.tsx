import type { ReactNode } from 'react';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewResult, Verdict } from '@/lib/contract/v1/verdicts';
import { formatBytes, formatCount, formatNames, formatThings } from '@/lib/format';
import { VERDICT_LOOK } from '../figures/verdicts';
import { Icon } from '../ui/icon';
import { Panel } from '../ui/panel';
import styles from './verdict-panel.module.css';
import { CHECKS, headline } from './words';

type Props = { result: ReviewResult; scene: Scene; changed: boolean; children: ReactNode };

const WORST_FIRST: Verdict[] = ['would-fail', 'warning', 'unchecked', 'ok'];

/** Whether the plan can run, and the facts behind that. */
export function VerdictPanel({ result, scene, changed, children }: Props) {
  const { verdict, counts } = result;
  const look = verdict === null ? null : VERDICT_LOOK[verdict];
  return (
    <Panel
      id="verdict"
      title={
        <span className={styles.verdict} data-tone={look?.tone ?? 'plain'}>
          <Icon name={look?.icon ?? 'info'} /> {headline(result, changed)}
        </span>
      }
      controls={children}
    >
      <p role="status" className="visually-hidden">
        {changed ? headline(result, changed) : ''}
      </p>
      <ul className={styles.counts}>
        {WORST_FIRST.map((one) => (
          <li key={one} data-tone={counts[one] > 0 ? VERDICT_LOOK[one].tone : 'plain'}>
            <span className={styles.count}>{formatCount(counts[one])}</span> {countWord(one)}
          </li>
        ))}
      </ul>
      <ul className={styles.facts}>
        {listFacts(result).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
        {scene.unchecked.map(({ check, reason }) => (
          <li key={check}>
            Not checked: {CHECKS[check]}. {reason}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** OK keeps its capitals. */
const countWord = (verdict: Verdict): string =>
  verdict === 'ok' ? VERDICT_LOOK.ok.word : VERDICT_LOOK[verdict].word.toLowerCase();

function listFacts(result: ReviewResult): string[] {
  const { verdict, totals, counts } = result;
  if (verdict === null) return ['The pre-flight checks moves that have not run yet. This plan has none left.'];
  const empties = totals.emptied.count > 0 ? `, empties ${formatThings(totals.emptied.count, 'host')}` : '';
  return [
    ...(totals.shutdowns > 0 ? [describeShutdowns(result)] : []),
    `${formatBytes(totals.ram_to_copy)} of RAM to copy${empties}.`,
    describeDrift(result),
    ...(totals.moves_estimated > 0 ? [`The CPU of ${formatThings(totals.moves_estimated, 'VM')} is estimated.`] : []),
    ...(counts['would-fail'] > 0
      ? ['Figures after the plan assume that every move succeeds. Untick the moves that would fail to see the rest.']
      : []),
  ];
}

/** "2 running VMs will be taken out of service: db-1 and web-3." */
function describeShutdowns({ shutdowns, totals }: ReviewResult): string {
  const names = shutdowns.filter(({ problem }) => problem === null).map(({ vm_name: name }) => name);
  return `${formatThings(totals.shutdowns, 'running VM')} will be taken out of service: ${formatNames(names)}.`;
}

function describeDrift({ totals: { elsewhere, gone } }: ReviewResult): string {
  if (elsewhere + gone === 0) return 'Every VM to move is still on the host that the plan names.';
  const parts = [
    ...(gone > 0 ? [`${formatThings(gone, 'VM')} gone`] : []),
    ...(elsewhere > 0 ? [`${formatThings(elsewhere, 'VM')} on another host`] : []),
  ];
  return `Since the plan was made: ${parts.join(', ')}.`;
}

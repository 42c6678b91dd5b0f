'use client';

import type { PlanReview } from '@/lib/contract/v1/review';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { formatCount, formatThings } from '@/lib/format';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { Name, Quiet } from '../ui/values';
import styles from './waves.module.css';

const FIRST_WAVES = 6;

type Action = PlanReview['waves'][number][number];
type Chip = Pick<Action, 'id' | 'state' | 'status_message' | 'detail' | 'label' | 'target' | 'meaning'> & {
  isLeftOut: boolean;
};
type Wave = { number: number; actions: Chip[] };

type Props = {
  waves: PlanReview['waves'];
  /** Of the plan or variant on screen. */
  moves: ReviewedMove[];
  /** Ids of the actions that it leaves out. */
  leftOut: string[];
};

/** The actions in the order in which Watcher's applier runs them, with what the variant changes. */
export function Waves({ waves: planned, moves, leftOut }: Props) {
  const waves = [...changeWaves(planned, moves, new Set(leftOut)), ...addedWaves(moves)];
  const shown = useShown(waves.length, FIRST_WAVES);
  if (waves.length === 0) return null;
  const actions = waves.reduce((sum, wave) => sum + wave.actions.filter(({ isLeftOut }) => !isLeftOut).length, 0);
  return (
    <Panel title="Execution order" note={describeOrder(actions, waves)} long>
      <ol className={styles.waves}>
        {waves.slice(0, shown.count).map(({ number, actions: own }) => (
          <li key={number} className={styles.wave}>
            <Quiet>Wave {formatCount(number)}</Quiet>
            <ul className={styles.actions}>
              {own.map((action) => (
                <ActionChip key={action.id} action={action} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <ShowMore shown={shown} />
    </Panel>
  );
}

/** Actions of one wave have no order: Watcher starts all of them, and how many run is up to Nova. */
function describeOrder(actions: number, waves: Wave[]): string {
  const count = formatThings(actions, 'action');
  if (waves.length > 1)
    return `${count} in ${formatThings(waves.length, 'wave')}; each starts when the one before has ended.`;
  if (actions < 2) return `${count}.`;
  const all = actions === 2 ? 'both' : `all ${formatCount(actions)}`;
  const isMoves = waves[0]?.actions.every(({ label }) => label === 'move');
  return isMoves
    ? `No order: ${all} are given to Nova at once; by default Nova lets one leave each host at a time.`
    : `No order: Watcher starts ${all} at once.`;
}

/** The plan's own waves. */
function changeWaves(waves: PlanReview['waves'], moves: ReviewedMove[], leftOut: ReadonlySet<string>): Wave[] {
  const byAction = new Map(moves.map((move) => [move.action_id, move]));
  return waves.map((wave, before) => ({
    number: before + 1,
    actions: wave.map((action) =>
      leftOut.has(action.id)
        ? { ...action, meaning: 'Left out', isLeftOut: true }
        : changeAction(action, byAction.get(action.id)),
    ),
  }));
}

const changeAction = (action: Action, move: ReviewedMove | undefined): Chip =>
  move?.change === 'other-destination'
    ? { ...action, meaning: `To ${move.destination} instead`, isLeftOut: false }
    : { ...action, isLeftOut: false };

/** The waves that drain hosts, after those of the plan. */
function addedWaves(moves: ReviewedMove[]): Wave[] {
  const waves = new Map<number, Chip[]>();
  for (const move of moves) {
    if (move.change !== 'added' || move.destination === null) continue;
    const own = waves.get(move.wave) ?? [];
    waves.set(move.wave, own);
    const way = `${move.source ?? 'no host'} → ${move.destination}`;
    own.push({
      id: move.key,
      state: move.state,
      status_message: null,
      label: 'move',
      target: move.vm_name,
      detail: `${move.live ? 'live' : 'cold'}, ${way}`,
      meaning: `Added: ${way}`,
      isLeftOut: false,
    });
  }
  return [...waves].map(([number, actions]) => ({ number, actions }));
}

function ActionChip({ action }: { action: Chip }) {
  const { state, detail, label, target, meaning, status_message: reason, isLeftOut } = action;
  return (
    <li className={styles.action} data-state={state} data-left-out={isLeftOut || undefined} title={detail}>
      <strong>{label}</strong>
      {target === null ? null : <Name>{target}</Name>}
      <Quiet>{meaning.replace(/\.$/, '')}</Quiet>
      {reason === null ? null : <span className={styles.reason}>{reason}</span>}
    </li>
  );
}

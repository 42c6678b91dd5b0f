'use client';

import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { Variant } from '@/lib/domain/review/variant';
import { formatBytes, formatCount } from '@/lib/format';
import { VERDICT_LOOK } from '../moves/verdicts';
import { describePoints, pointsOfMove, remarkOf, whyEstimated } from '../moves/words';
import { Icon } from '../ui/icon';
import { Tag } from '../ui/tag';
import { Name, Quiet } from '../ui/values';
import { DestinationCell } from './destination-cell';
import styles from './moves-table.module.css';
import { ReasonList } from './reason-list';
import { canTick, tick } from './ticks';
import { CHECKS, stateLook } from './words';

type Props = {
  move: ReviewedMove;
  hosts: string[];
  variant: Variant;
  onChange: (next: Variant) => void;
};

/** A move, whether it runs, and what speaks against it. */
export function MoveRow({ move, hosts, variant, onChange }: Props) {
  const isAdded = move.action_id === null;
  const isRunning = move.change !== 'left-out';
  const number = Number(move.key);
  function send(host: string | null) {
    const to = new Map(variant.to);
    if (host === null) to.delete(number);
    else to.set(number, host);
    onChange({ ...variant, to });
  }
  const [whyCpu, whyRam] = [whyEstimated(move.cores_estimate), whyEstimated(move.ram_estimate)];
  return (
    <tr className={isRunning ? undefined : styles.leftOut}>
      <td>
        {canTick(move) ? (
          <input
            type="checkbox"
            className={styles.check}
            aria-label={`Run the move of ${move.vm_name}`}
            checked={isRunning}
            onChange={() => onChange(tick(variant, [move], !isRunning))}
          />
        ) : null}{' '}
        <Quiet>{isAdded ? 'added' : formatCount(number)}</Quiet>
      </td>
      <td data-kind="number">{formatCount(move.wave)}</td>
      <td>
        <Name>{move.vm_name}</Name>
        <br />
        <Quiet>{move.flavor}</Quiet>
      </td>
      <td>
        {isAdded && !isRunning ? (
          <>
            stays on <Name>{move.source ?? 'no host'}</Name>
          </>
        ) : (
          <DestinationCell move={move} hosts={hosts} onSend={!isAdded && canTick(move) ? send : null} />
        )}
      </td>
      <td>{move.live ? 'live' : 'cold'}</td>
      <td data-kind="number" title={[describePoints(move), whyCpu].filter(Boolean).join('. ')}>
        {whyCpu === null ? '' : '≈'}
        {pointsOfMove(move)}
      </td>
      <td data-kind="number" title={whyRam ?? undefined}>
        {whyRam === null ? '' : '≈'}
        {formatBytes(move.ram_used)}
      </td>
      <td data-kind="prose">
        <Verdict move={move} />
      </td>
    </tr>
  );
}

function Verdict({ move }: { move: ReviewedMove }) {
  if (move.verdict === null) {
    const { tone, word } = stateLook(move);
    return (
      <>
        <Tag tone={tone}>{word}</Tag>
        <ReasonList message={remarkOf(move)} reasons={[]} />
      </>
    );
  }
  const { tone, icon, word } = VERDICT_LOOK[move.verdict];
  return (
    <>
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      <ReasonList message={move.status_message} reasons={move.reasons}>
        {move.unchecked.length === 0 ? undefined : move.destination === null ? (
          'Nova chooses the destination.'
        ) : (
          <>
            <Icon name="waiting" size={12} /> Not checked: {move.unchecked.map((check) => CHECKS[check]).join(', ')}
          </>
        )}
      </ReasonList>
    </>
  );
}

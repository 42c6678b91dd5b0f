import type { ReactNode } from 'react';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatCountdown, formatTime, MISSING } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { hostAddress } from '../figures/addresses';
import { ProjectName } from '../figures/project-name';
import { Icon } from '../ui/icon';
import { ROLES } from '../ui/table';
import { Name, NameLink, Quiet } from '../ui/values';
import { BytesBar } from './bytes-bar';
import styles from './run-move-row.module.css';
import { copiedInWords, MOVE_LOOKS, sizeInWords } from './words';

type Props = { move: RunMove; now: number; act?: (move: RunMove) => ReactNode };

export function RunMoveRow({ move, now, act }: Props) {
  const { word, title, text, ended_at: ended, seconds_left: left, source, destination } = move;
  const { icon, tone } = MOVE_LOOKS[word];
  const action = act?.(move) ?? null;
  return (
    <tr {...ROLES.row} className={styles.move}>
      <td {...ROLES.cell} aria-colindex={1}>
        <Name>{move.vm_name}</Name>{' '}
        {move.project_id === null ? null : (
          <Quiet>
            <ProjectName project={move} />
          </Quiet>
        )}
      </td>
      <td {...ROLES.cell} aria-colindex={2} className={styles.path}>
        <Place name={source} missing="unknown" /> <Quiet>→</Quiet>{' '}
        <Place name={destination} missing="chosen by the scheduler" />
      </td>
      <td {...ROLES.cell} aria-colindex={3} data-kind="bar" className={styles.bytes}>
        <Bytes move={move} />
      </td>
      <td {...ROLES.cell} aria-colindex={4} className={styles.state} data-state={tone}>
        <span className={styles.word}>
          <Icon name={icon} size={14} tone={tone} />
          {title}
          {ended !== null && MOVED.includes(word) ? <span> {formatTime(ended, now).replace(' UTC', '')}</span> : null}
        </span>
        {text === null ? null : <span className={styles.text}>{text}</span>}
      </td>
      <td
        {...ROLES.cell}
        aria-colindex={5}
        data-kind="number"
        className={styles.left}
        data-phone={action === null && left === null ? 'hidden' : undefined}
      >
        <span className={styles.end}>
          {left === null ? (action === null ? MISSING : null) : formatCountdown(left * SECOND_MS)}
          {action}
        </span>
      </td>
    </tr>
  );
}

const MOVED: RunMove['word'][] = ['done', 'gave-up-arrived', 'arrived-elsewhere'];

function Place({ name, missing }: { name: string | null; missing: string }) {
  return name === null ? <Quiet>{missing}</Quiet> : <NameLink href={hostAddress(name)}>{name}</NameLink>;
}

function Bytes({ move }: { move: RunMove }) {
  const { word, copied, total, vm_name: name } = move;
  const label = `Memory of ${name} copied`;
  if (MOVED.includes(word)) return <BytesBar percent={100} text={sizeInWords(move)} look="done" label={label} />;
  if (copied === null || total === null || total === 0) return <Quiet>{sizeInWords(move)}</Quiet>;
  const look = word === 'unknown' ? 'unknown' : word === 'not-converging' || word === 'gave-up' ? 'stalled' : 'running';
  return <BytesBar percent={(100 * copied) / total} text={copiedInWords(copied, total)} look={look} label={label} />;
}

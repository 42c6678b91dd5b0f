import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatThings } from '@/lib/format';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import styles from './not-moved.module.css';

const FIRST = 5;
const WORDS: RunMove['word'][] = ['failed', 'aborted', 'not-started', 'unknown', 'gave-up'];

/** VMs that a run did not move, with the reason and what to do next. */
export function NotMoved({ moves }: { moves: RunMove[] }) {
  const left = moves.filter(({ word }) => WORDS.includes(word));
  const shown = useShown(left.length, FIRST);
  if (left.length === 0) return null;
  return (
    <Panel title="What did not move" note={formatThings(left.length, 'VM')}>
      <ul className={styles.list}>
        {left.slice(0, shown.count).map((move) => (
          <li key={move.action_id}>
            <p>
              <b>
                <span className={styles.name}>{move.vm_name}</span>: {move.title.toLowerCase()}.
              </b>
            </p>
            <p className={styles.text}>{[move.text, nextOf(move)].filter((part) => part !== null).join(' ')}</p>
          </li>
        ))}
      </ul>
      <ShowMore shown={shown} />
    </Panel>
  );
}

function nextOf({ word, source }: RunMove): string | null {
  switch (word) {
    case 'failed':
      return 'Run the audit again: if the move is still worth it, the next plan has it.';
    case 'aborted':
      return 'It runs on as if nothing had happened. Move it when it is quieter, or shut it down to move it.';
    case 'not-started':
      return `It stays on ${source ?? 'its host'}. Run the audit again for a plan that fits the load now.`;
    case 'gave-up':
      return 'Wait for Nova, or abort it there.';
    default:
      return 'Ask Nova where it is.';
  }
}

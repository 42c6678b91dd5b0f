import { useState } from 'react';
import type { OfferedStrategy } from '@/lib/contract/v1/new-audit';
import { formatCount, formatThings } from '@/lib/format';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { Quiet } from '../ui/values';
import styles from './start-switch.module.css';

/** As the server wants them typed, too. */
export const WITHOUT_ASKING = 'without asking';

type Props = {
  isOn: boolean;
  /** Whether it is offered for the strategy. */
  isOffered: boolean;
  /** What the strategy proposed lately; null if nothing is known. */
  past: OfferedStrategy['past'];
  onChange: (isOn: boolean) => void;
};

/** Lets Watcher start the plans itself: heavy on purpose. */
export function StartSwitch({ isOn, isOffered, past, onChange }: Props) {
  const [typed, setTyped] = useState('');
  return (
    <div className={styles.start} data-on={isOn || undefined}>
      <p>
        <Icon name="play" tone={isOn ? 'error' : 'quiet'} />
        Start its plans without asking <Quiet>{isOn ? 'on' : 'off'}</Quiet>
      </p>
      {isOffered ? (
        <p>
          Whatever this audit proposes would run at once: no review, no pre-flight, no moment to leave a move out, and
          nobody who says why. {describePast(past)}
        </p>
      ) : (
        <p>Not offered for this strategy: what its plans do can’t be undone.</p>
      )}
      {isOn ? (
        <div className={styles.words}>
          <Button onClick={() => onChange(false)}>Switch off</Button>
        </div>
      ) : isOffered ? (
        <div className={styles.words}>
          <label>
            To switch this on, type <code>{WITHOUT_ASKING}</code>{' '}
            <input value={typed} autoComplete="off" onChange={({ target }) => setTyped(target.value)} />
          </label>
          <Button
            disabled={typed.trim() !== WITHOUT_ASKING}
            onClick={() => {
              setTyped('');
              onChange(true);
            }}
          >
            Switch on
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** "The last 20 runs of this strategy here proposed 0 to 23 moves." */
function describePast(past: OfferedStrategy['past']): string {
  if (past === null) return 'This strategy has made no plan here yet.';
  const { runs, fewest, most } = past;
  const last = runs === 1 ? 'The last run' : `The last ${formatCount(runs)} runs`;
  const moves = formatThings(most, 'move');
  return `${last} of this strategy here proposed ${fewest === most ? moves : `${formatCount(fewest)} to ${moves}`}.`;
}

import { useState } from 'react';
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
  onChange: (isOn: boolean) => void;
};

/** Lets Watcher start the plans itself: heavy on purpose. */
export function StartSwitch({ isOn, isOffered, onChange }: Props) {
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
          nobody who says why.
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

import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { Line, Lines, Part } from '../acts/decision';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import styles from './anyway-dialog.module.css';

type Props = {
  /** null closes it. */
  move: ReviewedMove | null;
  onClose: () => void;
  /** Somebody has named its VM. */
  onMove: () => void;
};

/** Asks by name before a VM that must not move is ticked. */
export function AnywayDialog({ move, onClose, onMove }: Props) {
  return (
    <Dialog open={move !== null} onClose={onClose} title={`Move ${move?.vm_name ?? ''} all the same?`} wide>
      <Part heading="It must not move">
        <Lines>
          {(move?.must_not_move ?? []).map(({ source, mark, text }) => (
            <Line key={`${source} ${mark}`} mark="warn">
              {text.charAt(0).toUpperCase() + text.slice(1)}.
            </Line>
          ))}
          <Line>The mark stays: the next plan asks again.</Line>
        </Lines>
      </Part>
      <div className={styles.foot}>
        <Button data-focus onClick={onClose}>
          Leave it out
        </Button>
        <Button look="primary" onClick={onMove}>
          Move it all the same
        </Button>
      </div>
    </Dialog>
  );
}

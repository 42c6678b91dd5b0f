'use client';

import { useState } from 'react';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { SCHEDULER_CHOOSES } from '../moves/words';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { Select } from '../ui/select';
import { Name } from '../ui/values';
import styles from './destination-cell.module.css';

type Props = {
  move: ReviewedMove;
  hosts: string[];
  /** Changes the destination; null restores that of the plan. Not given if the move can't be changed. */
  onSend: ((host: string | null) => void) | null;
};

/** Source and destination. The select is rendered on demand, since a thousand rows would list a thousand hosts each. */
export function DestinationCell({ move, hosts, onSend }: Props) {
  const [open, setOpen] = useState(false);
  const isChanged = move.change === 'other-destination';
  const destination = move.destination ?? SCHEDULER_CHOOSES;
  const name = <Name changed={isChanged}>{destination}</Name>;
  return (
    <span className={styles.places}>
      <Name>{move.source ?? 'no host'}</Name>
      <Icon name="arrow" size={12} />
      {onSend === null ? (
        name
      ) : open ? (
        <Select
          // The select replaces the button that was just pressed.
          autoFocus
          label={`Destination of ${move.vm_name}`}
          value={isChanged ? (move.destination ?? '') : ''}
          options={[
            { value: '', label: 'As the plan says' },
            ...hosts.filter((host) => host !== move.source).map((host) => ({ value: host, label: host })),
          ]}
          onBlur={() => setOpen(false)}
          onChange={(host) => {
            onSend(host === '' ? null : host);
            setOpen(false);
          }}
        />
      ) : (
        <Button
          look="ghost"
          opens
          onClick={() => setOpen(true)}
          aria-label={`Change destination of ${move.vm_name}: ${destination}`}
        >
          {name}
        </Button>
      )}
    </span>
  );
}

'use client';

import { useState } from 'react';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import styles from './review.module.css';

type Props = {
  move: ReviewedMove;
  hosts: string[];
  /** Another destination; null for the plan's own. Nothing can be sent where it is absent. */
  onSend: ((host: string | null) => void) | null;
};

/** From where to where. The list of hosts is made when it is opened: a thousand rows would have a thousand each. */
export function DestinationCell({ move, hosts, onSend }: Props) {
  const [open, setOpen] = useState(false);
  const changed = move.change === 'other-destination';
  const destination = move.destination ?? 'scheduler chooses';
  if (open && onSend) {
    return (
      <span className={styles.places}>
        <span className={styles.name}>{move.source}</span> <Icon name="arrow" size={12} />{' '}
        <select
          // biome-ignore lint/a11y/noAutofocus: it stands in for the button that was just pressed
          autoFocus
          className={styles.select}
          aria-label={`Destination of ${move.vm_name}`}
          value={changed ? (move.destination ?? '') : ''}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            onSend(event.target.value === '' ? null : event.target.value);
            setOpen(false);
          }}
        >
          <option value="">As the plan says</option>
          {hosts
            .filter((host) => host !== move.source)
            .map((host) => (
              <option key={host} value={host}>
                {host}
              </option>
            ))}
        </select>
      </span>
    );
  }
  return (
    <span className={styles.places}>
      <span className={styles.name}>{move.source ?? 'no host'}</span> <Icon name="arrow" size={12} />{' '}
      {onSend ? (
        <Button
          look="ghost"
          opens
          onClick={() => setOpen(true)}
          aria-label={`Change destination of ${move.vm_name}: ${destination}`}
        >
          <span className={changed ? styles.changedName : styles.name}>{destination}</span>
        </Button>
      ) : (
        <span className={styles.name}>{destination}</span>
      )}
    </span>
  );
}

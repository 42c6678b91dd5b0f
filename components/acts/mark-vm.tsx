'use client';

import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { Ground } from '@/lib/contract/v1/must-not-move';
import { Button } from '../ui/button';
import { ConfirmDialog } from './confirm-dialog';
import { marking, unmarking } from './confirmed-acts';
import styles from './mark-vm.module.css';

type Props = {
  id: string;
  name: string;
  /** Why it must not move; none if it may. */
  grounds?: Ground[];
  /** undefined while it is not known. */
  permission: Permission | undefined;
  /** With words instead of an icon alone. */
  isWide?: boolean;
};

/** Marks a VM as one that must not move, or takes that mark away; nothing for people who may look. */
export function MarkVm({ id, name, grounds = [], permission, isWide = false }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isOurs = grounds.some(({ source }) => source === 'here');
  const label = isOurs ? `Take the mark off ${name}…` : `Mark ${name}: must not move…`;
  return (
    <span className={styles.place}>
      {permission?.may_act ? (
        <>
          <Button look={isWide ? 'plain' : 'ghost'} icon="lock" iconOnly={!isWide} onClick={() => setOpen(true)}>
            {label}
          </Button>
          {isOpen ? (
            <ConfirmDialog
              open
              act={isOurs ? unmarking({ id, name }) : marking({ id, name })}
              permission={permission}
              onClose={() => setOpen(false)}
            />
          ) : null}
        </>
      ) : null}
    </span>
  );
}

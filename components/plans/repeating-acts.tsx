'use client';

import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { ConfirmDialog, type Confirmed } from '../acts/confirm-dialog';
import { newAuditAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { Button, ButtonLink } from '../ui/button';
import styles from './repeating-acts.module.css';

export type ActsProps = { audit: RepeatingAudit; permission: Permission; suspending: string[]; resuming: string[] };

type Which = 'suspend' | 'resume' | 'end' | 'change' | 'archive';

const BUTTONS: Record<Which, string> = {
  suspend: 'Suspend…',
  resume: 'Resume…',
  change: 'Interval…',
  end: 'End…',
  archive: 'Archive…',
};
const ORDER: Which[] = ['resume', 'suspend', 'change', 'end', 'archive'];

/** What can be done to an audit now; for people who may only look, nothing but creating one like it. */
export function RepeatingActs(props: ActsProps) {
  const { audit, permission } = props;
  const [open, setOpen] = useState<Which | null>(null);
  const offered = permission.may_act ? ORDER.filter((which) => audit[which].length === 0) : [];
  return (
    <div className={styles.acts} data-hide="print">
      {audit.standing === 'dead' ? (
        <ButtonLink href={newAuditAddress(audit.audit_id)} aria-label={`Create again… ${audit.name}`}>
          Create again…
        </ButtonLink>
      ) : null}
      {offered.map((which) => (
        <Button key={which} aria-label={`${BUTTONS[which]} ${audit.name}`} onClick={() => setOpen(which)}>
          {BUTTONS[which]}
        </Button>
      ))}
      {open === null ? null : (
        <ConfirmDialog open onClose={() => setOpen(null)} permission={permission} act={actOf(open, props)} />
      )}
    </div>
  );
}

function actOf(which: Which, { audit, suspending, resuming }: ActsProps): Confirmed {
  const { name } = audit;
  const address = (path: string) => `${ADDRESSES.ofAudit(audit.audit_id)}${path}/`;
  const shared = { heading: 'What it does', needsReason: true, icon: 'stop' as const };
  switch (which) {
    case 'suspend':
      return {
        ...shared,
        title: `Suspend ${name}`,
        lines: suspending,
        does: 'Suspend',
        keeps: 'Let it run',
        address: address('suspend'),
      };
    case 'resume':
      return {
        ...shared,
        icon: 'play',
        title: `Resume ${name}`,
        lines: resuming,
        does: 'Resume',
        keeps: 'Leave it',
        address: address('resume'),
      };
    case 'end':
      return {
        ...shared,
        title: `End ${name}`,
        lines: audit.ending,
        does: 'End it',
        keeps: 'Let it run',
        address: address('end'),
      };
    case 'archive':
      return {
        ...shared,
        title: `Archive ${name}`,
        lines: audit.archiving,
        does: 'Archive',
        keeps: 'Keep it',
        address: address('archive'),
      };
    case 'change':
      return {
        ...shared,
        icon: 'clock',
        title: `Change how often ${name} runs`,
        lines: [`Now it runs ${audit.every}.`, 'A plan of it that waits stays until the next run.'],
        does: 'Change',
        keeps: 'Leave it',
        address: address('interval'),
        asks: {
          name: 'interval',
          label: 'How often',
          note: 'Seconds, such as 600, or cron in UTC, such as 0 2 * * 1-5.',
          initial: audit.interval ?? '',
        },
      };
  }
}

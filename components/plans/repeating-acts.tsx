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

type Which = 'suspend' | 'resume' | 'end' | 'ask' | 'change' | 'archive';

const BUTTONS: Record<Which, string> = {
  suspend: 'Suspend…',
  resume: 'Resume…',
  ask: 'Ask first…',
  change: 'Interval…',
  end: 'End…',
  archive: 'Archive…',
};
const ORDER: Which[] = ['ask', 'resume', 'suspend', 'change', 'end', 'archive'];

type Props = ActsProps & {
  /** Only these. */
  only?: Which[];
  /** Names for some of them that say more. */
  words?: Partial<Record<Which, string>>;
};

/** What can be done to an audit now; for people who may only look, nothing. */
export function RepeatingActs({ only = ORDER, words, ...props }: Props) {
  const { audit, permission } = props;
  const [open, setOpen] = useState<Which | null>(null);
  const offered = permission.may_act ? only.filter((which) => audit[which].length === 0) : [];
  return (
    <>
      {offered.map((which) => {
        const name = words?.[which] ?? BUTTONS[which];
        return (
          <Button
            key={which}
            look={words?.[which] === undefined ? undefined : 'primary'}
            aria-label={`${name} ${audit.name}`}
            onClick={() => setOpen(which)}
          >
            {name}
          </Button>
        );
      })}
      {open === null ? null : (
        <ConfirmDialog open onClose={() => setOpen(null)} permission={permission} act={actOf(open, props)} />
      )}
    </>
  );
}

/** Everything that can be done to an audit, and creating one like a dead one. */
export function AllRepeatingActs(props: ActsProps) {
  const { audit } = props;
  return (
    <div className={styles.acts} data-hide="print">
      {audit.standing === 'dead' ? <CreateAgain audit={audit}>Create again…</CreateAgain> : null}
      <RepeatingActs {...props} />
    </div>
  );
}

export const CreateAgain = ({ audit, children }: { audit: RepeatingAudit; children: string }) => (
  <ButtonLink href={newAuditAddress(audit.audit_id)} aria-label={`${children} ${audit.name}`}>
    {children}
  </ButtonLink>
);

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
    case 'ask':
      return {
        ...shared,
        icon: 'check',
        title: `Have ${name} ask first`,
        heading: 'What will happen',
        lines: audit.asking,
        does: 'Ask me first',
        keeps: 'Leave it',
        address: address('ask-first'),
        ...(isReplaced(audit)
          ? {
              asks: {
                name: 'name',
                label: 'Name of the new audit',
                note: 'Up to 63 characters.',
                initial: audit.replacement,
              },
            }
          : {}),
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

/** Watcher's engine holds the old setting of these, so that another audit takes their place. */
const isReplaced = ({ type, state }: RepeatingAudit): boolean => type === 'CONTINUOUS' && state !== 'SUSPENDED';

import type { RepeatingAudit, RepeatingAudits } from '@/lib/contract/v1/repeating';
import { formatAge, formatNames, formatThings } from '@/lib/format';
import { auditsAddress, plansAddress } from '../figures/addresses';
import { ButtonLink } from '../ui/button';
import { Notice } from '../ui/notice';
import { Panel, PanelBody } from '../ui/panel';
import { Name, Quiet } from '../ui/values';
import { type ActsProps, CreateAgain, RepeatingActs } from './repeating-acts';
import styles from './repeating-panels.module.css';

type Props = { list: RepeatingAudits; now: number; permission: ActsProps['permission'] };

/** What starts plans by itself, and what never runs again. */
export function RepeatingPanels({ list, now, permission }: Props) {
  const starting = list.audits.filter(({ auto_trigger: starts, standing }) => starts && standing !== 'dead');
  const dead = list.audits.filter(({ standing }) => standing === 'dead');
  const acts = { permission, suspending: list.suspending, resuming: list.resuming };
  if (starting.length + dead.length === 0) return null;
  return (
    <div className={styles.panels}>
      {starting.length === 0 ? null : (
        <Panel title="Starts plans without asking" note={formatThings(starting.length, 'audit')}>
          {starting.map((audit) => (
            <PanelBody key={audit.audit_id}>
              <p className={styles.lead}>{movedBy(audit)}</p>
              <p>
                <Quiet>
                  Nobody sees these plans before they run: they go straight from proposed to running, with no moment to
                  leave a move out.
                </Quiet>
              </p>
              <div className={styles.acts}>
                <RepeatingActs audit={audit} {...acts} only={['ask']} words={{ ask: 'Ask me first from now on…' }} />
                <ButtonLink href={plansAddress(audit.audit_id)} aria-label={`See its plans ${audit.name}`}>
                  See its plans
                </ButtonLink>
              </div>
            </PanelBody>
          ))}
        </Panel>
      )}
      {dead.length === 0 ? null : (
        <Panel title="Dead" note={formatThings(dead.length, 'audit')}>
          {dead.map((audit) => (
            <PanelBody key={audit.audit_id}>
              <p className={styles.lead}>
                <Name>{audit.name}</Name> <strong>has not run for {formatAge(now - (audit.since ?? now))}</strong> and
                never will again.
              </p>
              <p>
                <Quiet>{audit.text} Its settings can be used for a new one.</Quiet>
              </p>
              <div className={styles.acts}>
                <CreateAgain audit={audit}>Create again with the same settings…</CreateAgain>
                <ButtonLink href={auditsAddress(audit.audit_id)} aria-label={`What is known ${audit.name}`}>
                  What is known
                </ButtonLink>
                <RepeatingActs audit={audit} {...acts} only={['archive']} />
              </div>
            </PanelBody>
          ))}
        </Panel>
      )}
    </div>
  );
}

function movedBy({ name, moved, moved_reason: reason }: RepeatingAudit) {
  const lead = <Name>{name}</Name>;
  if (moved === null)
    return (
      <>
        {lead}: what it moved is not known. <Quiet>{reason}</Quiet>
      </>
    );
  if (moved.vms === 0) return <>{lead} moved nothing in the last 24 hours.</>;
  return (
    <>
      {lead} <strong>moved {formatThings(moved.vms, 'VM')} in the last 24 hours</strong>
      {moved.back === 0 ? '.' : `, ${moved.back === moved.vms ? 'all' : moved.back} of them there and back.`}
    </>
  );
}

/** Keeps Watcher from taking up new audits, so it comes before everything else. */
export function BlockedNotice({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  const [which, has] = names.length === 1 ? ['it is', 'has'] : ['they are', 'have'];
  return (
    <Notice tone="error">
      {formatNames(names)} {has} an interval that Watcher can’t read. While that is so, no decision engine takes up a
      new repeating audit, nor one that is resumed. Give another interval below, or end it: the others go on once{' '}
      {which} readable or over.
    </Notice>
  );
}

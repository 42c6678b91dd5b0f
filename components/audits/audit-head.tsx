'use client';

import type { ReactNode } from 'react';
import { Freshness } from '@/components/figures/freshness';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { isOpen } from '@/lib/domain/plans/states';
import { formatAge, formatTime } from '@/lib/format';
import { newAuditAddress, planAddress } from '../figures/addresses';
import { CarefulRunLink } from '../figures/careful-run-link';
import { useAddress } from '../live/selection';
import { Cautions } from '../moves/cautions';
import { ButtonLink } from '../ui/button';
import { CopyLink } from '../ui/copy-link';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { type Level, Panel } from '../ui/panel';
import { Tag } from '../ui/tag';
import styles from './audit-head.module.css';
import { OutcomeTiles } from './outcome-tiles';
import { describeDrift, describeSnapshot, isOldPlan, listDrift, listTiles } from './outcome-words';
import { MoreSettings, Settings } from './settings';
import { stateWord } from './words';

type Props = {
  detail: AuditDetail;
  now: number;
  level: Level;
  exporter: ReactNode;
};

/** Name, age, settings and outcome of the audit. */
export function AuditHead({ detail, now, level, exporter }: Props) {
  const { audit, plans, projection, outcome, readings } = detail;
  const Title = level === 2 ? 'h1' : 'h3';
  const shown = plans.find((plan) => plan.shown);
  const word = stateWord(audit);
  return (
    <Panel label={audit.name}>
      <header className={styles.head}>
        <div className={styles.words}>
          <div className={styles.line}>
            <Title id="audit-title" className={styles.title} tabIndex={-1}>
              {audit.name}
            </Title>
            {word === null ? null : <Tag title={shown?.state_meaning ?? audit.state_meaning}>{word}</Tag>}
            {isOldPlan(detail, now) ? (
              <Tag tone="warn" icon="clock" title="The cluster has changed since. Run the audit again.">
                Old plan
              </Tag>
            ) : null}
          </div>
          <Snapshot detail={detail} now={now} />
          <CarefulRunLink audit={audit.name} />
          <p className={styles.state}>
            {shown
              ? `Plan ${shown.state}: ${withSmallStart(shown.state_meaning)}`
              : `Audit ${audit.state}: ${withSmallStart(audit.state_meaning)}`}
          </p>
        </div>
        <div className={styles.actions} data-hide="print">
          {shown ? (
            <ButtonLink icon="check" href={planAddress(audit.id, shown.id)}>
              Review plan
            </ButtonLink>
          ) : null}
          <ButtonLink href={newAuditAddress(audit.id)} title="Create another audit with the same settings">
            Create again
          </ButtonLink>
          <CopyLink parameters={linkParameters(audit.id, shown?.id)} />
          {exporter}
        </div>
      </header>
      <Notices detail={detail} now={now} />
      <Settings audit={audit} />
      {outcome === null || readings.inventory.state === 'missing' ? null : (
        <OutcomeTiles
          tiles={listTiles(outcome, {
            hosts: projection?.hosts.map(({ host }) => host) ?? [],
            isOver: shown !== undefined && !isOpen(shown.state),
          })}
          level={level}
        />
      )}
      <MoreSettings audit={audit} now={now} />
    </Panel>
  );
}

/** Names the audit and plan on screen, which the address may leave open. */
const linkParameters = (audit: string, plan: string | undefined): Record<string, string> => ({
  audit,
  ...(plan === undefined ? {} : { plan }),
});

/** For use after a colon; abbreviations keep their capitals. */
const withSmallStart = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** When the plan was made, and how the cluster has changed since. */
function Snapshot({ detail: { audit, drift }, now }: { detail: AuditDetail; now: number }) {
  if (drift === null) {
    return (
      <p className={styles.snapshot}>
        Created {formatTime(audit.created_at, now)}, {formatAge(now - audit.created_at)} ago.
      </p>
    );
  }
  return (
    <p className={styles.snapshot}>
      <time dateTime={new Date(drift.snapshot_at).toISOString()}>{describeSnapshot(drift.snapshot_at, now)}</time>{' '}
      <span title={listDrift(drift)}>{describeDrift(drift).join(' ')}</span>
    </p>
  );
}

/** Messages of the audit and its plan, and which data is out of date. */
function Notices({ detail: { audit, plans, cautions, readings }, now }: { detail: AuditDetail; now: number }) {
  const shown = plans.find((plan) => plan.shown);
  const failed = ['FAILED', 'CANCELLED', 'SUSPENDED'].includes(audit.state);
  const asked = useAddress().params.get('plan');
  const messages = [audit.status_message, shown?.status_message].filter((text) => text != null && text !== '');
  return (
    <div className={styles.notices}>
      {failed && shown !== undefined ? (
        <Notice tone="warn">
          Audit {audit.state}: {audit.state_meaning}
        </Notice>
      ) : null}
      {messages.map((message) => (
        <Notice key={message} tone={audit.state === 'FAILED' ? 'error' : 'plain'}>
          {message}
        </Notice>
      ))}
      {asked === null || asked === shown?.id ? null : (
        <Notice tone="plain">
          The link is about another plan of this audit. <Link href={planAddress(audit.id, asked)}>Show that plan</Link>
        </Notice>
      )}
      <Cautions cautions={cautions} />
      <Freshness what="Audits" reading={readings.optimizer} now={now} />
      <Freshness what="Hosts and VMs" reading={readings.inventory} now={now} />
      <Freshness what="Allocations" reading={readings.allocations} now={now} />
      <Freshness what="CPU and RAM" reading={readings.load} now={now} />
    </div>
  );
}

import type { AuditDetail as Detail } from '@/lib/contract/v1/audits';
import { Freshness } from '../ui/freshness';
import { Moment } from '../ui/moment';
import { Notice } from '../ui/notice';
import { Panel } from '../ui/panel';
import styles from './audits.module.css';
import { Migrations } from './migrations';
import { OtherActions, Plans } from './plans';
import { Projection } from './projection';
import { Settings } from './settings';
import { describeProposal } from './words';

/** One audit with its shown plan. */
export function AuditDetail({ detail, now }: { detail: Detail; now: number }) {
  const { audit, plans, waves, migrations, projection, readings } = detail;
  const shown = plans.find((plan) => plan.shown);
  // Without Nova every VM looks gone and no host is there; nothing may be concluded from that.
  const blind = readings.inventory.state === 'missing';
  return (
    <article className={styles.detail} aria-labelledby="audit-title">
      <header className={styles.stack}>
        <h3 id="audit-title" className={styles.title}>
          {audit.name}
        </h3>
        <p>
          {describeProposal(audit)}
          {shown ? (
            <>
              {' '}
              · plan of <Moment at={shown.created_at} now={now} />, {shown.state}: {shown.state_meaning}
            </>
          ) : null}
        </p>
        <Freshness what="Audits" reading={readings.optimizer} now={now} />
        <Freshness what="Hosts and VMs" reading={readings.inventory} now={now} />
        <Freshness what="Allocations" reading={readings.allocations} now={now} />
        <Freshness what="CPU and RAM" reading={readings.load} now={now} />
      </header>
      <Settings audit={audit} now={now} />
      {blind || projection === null ? (
        <Panel id="projection" title="CPU per host, before and after the plan" heading="h4">
          <Notice tone="plain">
            {blind ? 'Hosts and VMs are not known, so there is no projection.' : 'There is no projection.'}
          </Notice>
        </Panel>
      ) : (
        <Projection projection={projection} hasPlan={shown !== undefined} readings={readings} now={now} />
      )}
      <Migrations migrations={blind ? migrations.map((move) => ({ ...move, problem: null })) : migrations} />
      <OtherActions waves={waves} />
      <Plans plans={plans} now={now} />
    </article>
  );
}

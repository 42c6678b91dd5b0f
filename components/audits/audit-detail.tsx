import type { AuditDetail as Detail } from '@/lib/contract/v1/audits';
import { Freshness, Missing } from '../ui/freshness';
import styles from './audits.module.css';
import { Migrations } from './migrations';
import { OtherActions, Plans } from './plans';
import { Projection } from './projection';
import { Settings } from './settings';
import { describeProposal } from './words';

/** One audit with its shown plan. */
export function AuditDetail({ detail, now }: { detail: Detail; now: number }) {
  const { audit, plans, waves, migrations, projection, readings } = detail;
  return (
    <article className={styles.detail} aria-labelledby="audit-title">
      <header>
        <h3 id="audit-title" className={styles.title}>
          {audit.name}
        </h3>
        <p>{describeProposal(audit)}</p>
        <Freshness reading={readings.optimizer} now={now} />
        <Freshness reading={readings.load} now={now} />
        <Missing reading={readings.load} />
        <Missing reading={readings.inventory} />
      </header>
      <Settings audit={audit} now={now} />
      {projection ? <Projection projection={projection} now={now} /> : null}
      <Migrations migrations={migrations} />
      <OtherActions waves={waves} />
      <Plans plans={plans} now={now} />
    </article>
  );
}

'use client';

import { useMemo } from 'react';
import { isFiltered, selectRows } from '@/components/moves/filters';
import { FlowPanel } from '@/components/moves/flow/flow-panel';
import { useFilters } from '@/components/moves/use-filters';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { ReviewSummary } from '../review/review-summary';
import { Icon } from '../ui/icon';
import type { Level } from '../ui/panel';
import { AuditHead } from './audit-head';
import styles from './audit-view.module.css';
import { ExportMenu } from './export/export-menu';
import { chartsHeight, FEW_ROWS, type HostLoad, pickRows } from './host-loads';
import { HostPanel, useMetric } from './host-panel';
import { limitsOf, splitHosts } from './loads';
import { MigrationsPanel } from './migrations/migrations-panel';
import { OtherActions, Plans } from './plans';

/** Rows of migrations at first, in a small cluster and in a large one. */
const FIRST_ROWS = 20;
const FIRST_ROWS_OF_MANY = 12;

type Props = {
  detail: AuditDetail;
  /** For ages; ms. */
  now: number;
  region: string | null;
  /** 2 on a page of its own, where the audit's name is the first heading. */
  level: Level;
};

/** One audit: what it was asked, what its plan changes, host by host and move by move. */
export function AuditView({ detail, now, region, level }: Props) {
  const { waves, readings } = detail;
  // Without Nova every VM looks gone and no host is there; nothing may be concluded from that.
  const isBlind = readings.inventory.state === 'missing';
  const migrations = useMemo(
    () => (isBlind ? detail.migrations.map((move) => ({ ...move, problem: null })) : detail.migrations),
    [isBlind, detail.migrations],
  );
  const hosts = detail.projection?.hosts.length ?? 0;
  const { filters, set, clear } = useFilters();
  const { metric } = useMetric();
  const rows = useMemo(() => selectRows(migrations, filters), [migrations, filters]);
  const levels = useLevels(detail);
  const exporter = (
    <ExportMenu detail={detail} rows={rows} filtered={isFiltered(filters)} metric={metric} region={region} />
  );
  const others = waves.some((wave) => wave.some(({ type }) => type !== 'migrate'));
  return (
    <article className={styles.view} aria-labelledby="audit-title">
      <AuditHead detail={detail} now={now} level={level} exporter={exporter} />
      {detail.readings.inventory.state === 'missing' ? null : <ReviewSummary audit={detail.audit} />}
      {migrations.length === 0 && !others ? <NothingToDo detail={detail} /> : null}
      {migrations.length > 0 ? (
        <>
          <div className={styles.pair}>
            <HostPanel detail={detail} now={now} level={level} />
            <FlowPanel
              migrations={migrations}
              filters={filters}
              set={set}
              levels={levels}
              height={levels.height}
              level={level}
            />
          </div>
          <MigrationsPanel
            audit={detail.audit}
            migrations={migrations}
            rows={rows}
            filters={filters}
            set={set}
            clear={clear}
            first={hosts > FEW_ROWS ? FIRST_ROWS_OF_MANY : FIRST_ROWS}
            level={level}
          />
        </>
      ) : null}
      <OtherActions waves={waves} level={level} />
      <Plans detail={detail} now={now} level={level} />
    </article>
  );
}

/** CPU by host for the colours of the flow, and the height of the chart beside it. */
function useLevels(detail: AuditDetail) {
  return useMemo(() => {
    const { loads } = splitHosts(detail.projection?.hosts ?? [], 'cpu');
    const by = (of: 'now' | 'after') => new Map(loads.map((load: HostLoad) => [load.name, load[of]]));
    const rows = pickRows(loads, false).rows.length;
    return { now: by('now'), after: by('after'), ...limitsOf(detail, 'cpu'), height: chartsHeight(loads.length, rows) };
  }, [detail]);
}

function NothingToDo({ detail: { plans, audit } }: { detail: AuditDetail }) {
  const shown = plans.find((plan) => plan.shown);
  const running = audit.state === 'PENDING' || audit.state === 'ONGOING';
  const unread = shown !== undefined && shown.actions === null;
  const [title, text] = unread
    ? ['Plan not read', 'The actions of this plan were not read, so what it would do is not known.']
    : shown !== undefined
      ? [
          'No changes proposed',
          'This audit found nothing to improve with its strategy and weights. The hosts stay as they are.',
        ]
      : [running ? 'No plan yet' : 'No plan', `The audit has no action plan. ${audit.state_meaning}`];
  return (
    <section className={styles.nothing}>
      <span className={styles.mark}>
        <Icon name={shown === undefined ? 'plan' : 'ok'} size={28} />
      </span>
      <p className={styles.said}>{title}</p>
      <p>{text}</p>
    </section>
  );
}

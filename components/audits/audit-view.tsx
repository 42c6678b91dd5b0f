'use client';

import { useMemo } from 'react';
import { isFiltered, selectRows } from '@/components/moves/filters';
import { FlowPanel } from '@/components/moves/flow/flow-panel';
import { useFilters } from '@/components/moves/use-filters';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { EmptyState } from '../ui/empty-state';
import { Fold } from '../ui/fold';
import { Columns, Stack } from '../ui/page';
import type { Level } from '../ui/panel';
import { AuditHead } from './audit-head';
import { ExportMenu } from './export/export-menu';
import { chartsHeight, FEW_ROWS, type HostLoad, pickRows } from './host-loads';
import { HostPanel, useMetric } from './host-panel';
import { limitsOf, splitHosts } from './loads';
import { MigrationsPanel } from './migrations/migrations-panel';
import { OtherActions, Plans } from './plans';
import { ReviewSummary } from './review-summary';

/** Migrations shown at first, in a small and in a large cluster. */
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

/** One audit: its settings, and what its plan changes, host by host and move by move. */
export function AuditView({ detail, now, region, level }: Props) {
  const { waves, readings } = detail;
  // Without Nova all VMs seem to be gone, which proves nothing.
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
    <ExportMenu detail={detail} rows={rows} filtered={isFiltered(filters)} metric={metric} region={region} now={now} />
  );
  const hasOthers = waves.some((wave) => wave.some(({ type }) => type !== 'migrate'));
  return (
    <article aria-labelledby="audit-title">
      <Stack>
        <AuditHead detail={detail} now={now} level={level} exporter={exporter} />
        {isBlind ? null : <ReviewSummary audit={detail.audit} />}
        <Fold />
        {migrations.length === 0 && !hasOthers ? <NothingToDo detail={detail} level={level} /> : null}
        {migrations.length === 0 && detail.shutdowns.length > 0 ? (
          <HostPanel detail={detail} now={now} level={level} />
        ) : null}
        {migrations.length > 0 ? (
          <>
            <Columns wide="first">
              <HostPanel detail={detail} now={now} level={level} />
              <FlowPanel
                migrations={migrations}
                filters={filters}
                set={set}
                levels={levels}
                height={levels.height}
                level={level}
              />
            </Columns>
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
      </Stack>
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

function NothingToDo({ detail: { plans, audit }, level }: { detail: AuditDetail; level: Level }) {
  const shown = plans.find((plan) => plan.shown);
  const heading = `h${level}` as const;
  if (shown === undefined) {
    const isRunning = audit.state === 'PENDING' || audit.state === 'ONGOING';
    return (
      <EmptyState icon="plan" heading={heading} title={isRunning ? 'No plan yet' : 'No plan'}>
        The audit has no action plan. {audit.state_meaning}
      </EmptyState>
    );
  }
  return shown.actions === null ? (
    <EmptyState icon="ok" heading={heading} title="Plan not loaded">
      The actions of this plan were not loaded, so its effect is unknown.
    </EmptyState>
  ) : (
    <EmptyState icon="ok" heading={heading} title="No changes proposed">
      This audit found nothing to improve with its strategy and weights. The hosts stay as they are.
    </EmptyState>
  );
}

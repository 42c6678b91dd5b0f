import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Freshness } from '@/components/figures/freshness';
import { LeftPanel, OrphansPanel } from '@/components/plans/orphans-panel';
import { PlansTabs } from '@/components/plans/plans-tabs';
import { BlockedNotice, RepeatingPanels } from '@/components/plans/repeating-panels';
import { RepeatingTable } from '@/components/plans/repeating-table';
import { MarksLegend } from '@/components/plans/run-marks';
import { PlansSkeleton } from '@/components/plans/skeleton';
import { ButtonLink } from '@/components/ui/button';
import { ZoneNote } from '@/components/ui/local-time';
import { PageHead } from '@/components/ui/page';
import { Panel, PanelEmpty, PanelFoot } from '@/components/ui/panel';
import { readRepeating } from '@/lib/dashboard/acts/repeating-page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { Awaiting } from '../../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Repeating audits' };

/** Which audits run by themselves, and which of them start plans. */
export default async function RepeatingPage() {
  const view = readRepeating(regionOfPage(), await headers());
  return (
    <Awaiting
      path="/plans/repeating"
      view={view}
      fallback={<PlansSkeleton />}
      heading={<PageHead title="Repeating audits" />}
    >
      {({ list, permission, audits }, now) => (
        <>
          <PageHead title={list.title} aside={<ButtonLink href="/audits/new/">New audit</ButtonLink>}>
            {[list.summary, permission.may_act ? null : permission.reason].filter(Boolean).join(' ')}
          </PageHead>
          <PlansTabs current="repeating" waiting={null} audits={audits} />
          <BlockedNotice names={list.blocked_by} />
          <Panel
            title="Audits that repeat"
            note={<ZoneNote />}
            controls={
              <ButtonLink href="/repeating-audits.csv" icon="export" download>
                Export CSV
              </ButtonLink>
            }
            long
          >
            {list.audits.length === 0 ? (
              <PanelEmpty>No audit runs by itself.</PanelEmpty>
            ) : (
              <>
                <RepeatingTable
                  audits={list.audits}
                  now={now}
                  permission={permission}
                  suspending={list.suspending}
                  resuming={list.resuming}
                />
                <PanelFoot>
                  <MarksLegend />
                </PanelFoot>
              </>
            )}
          </Panel>
          <RepeatingPanels list={list} now={now} permission={permission} />
          {list.left.length === 0 ? null : <LeftPanel left={list.left} now={now} />}
          {list.orphans.length === 0 ? null : <OrphansPanel orphans={list.orphans} now={now} />}
          <Freshness what="Audits" reading={list.readings.optimizer} now={now} />
        </>
      )}
    </Awaiting>
  );
}

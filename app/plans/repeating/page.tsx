import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Freshness } from '@/components/figures/freshness';
import { OrphansPanel } from '@/components/plans/orphans-panel';
import { PlansTabs } from '@/components/plans/plans-tabs';
import { RepeatingTable } from '@/components/plans/repeating-table';
import { PlansSkeleton } from '@/components/plans/skeleton';
import { ButtonLink } from '@/components/ui/button';
import { PageHead } from '@/components/ui/page';
import { Panel, PanelEmpty } from '@/components/ui/panel';
import { readRepeating } from '@/lib/dashboard/acts/repeating-page';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { Awaiting } from '../../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Repeating audits' };

/** Which audits run by themselves, and which of them start plans. */
export default async function RepeatingPage() {
  const view = readRepeating(regionOfRequest(), await headers());
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
            {permission.may_act ? 'Watcher counts in UTC.' : permission.reason}
          </PageHead>
          <PlansTabs current="repeating" waiting={null} audits={audits} />
          <Panel
            title="Audits that repeat"
            note="Times are UTC"
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
              <RepeatingTable
                audits={list.audits}
                now={now}
                permission={permission}
                suspending={list.suspending}
                resuming={list.resuming}
              />
            )}
          </Panel>
          {list.orphans.length === 0 ? null : <OrphansPanel orphans={list.orphans} now={now} />}
          <Freshness what="Audits" reading={list.readings.optimizer} now={now} />
        </>
      )}
    </Awaiting>
  );
}

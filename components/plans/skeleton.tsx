import { PageHead } from '../ui/page';
import { Panel, PanelBody, PanelTools } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';
import { PlansTabs } from './plans-tabs';

/** The page of plans while it loads. */
export function PlansSkeleton() {
  return (
    <>
      <PageHead title="Plans">
        <Bone width={360} height={20} />
      </PageHead>
      <PlansTabs current="plans" waiting={null} audits={null} />
      <Panel title="Waiting for a decision" busy>
        <PanelTools label="Search and filters">
          <Bone width={260} height={28} />
          <Bone width={260} height={28} />
        </PanelTools>
        {Array.from({ length: 12 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never reordered
          <PanelBody key={row}>
            <Bone width="100%" height={24} />
          </PanelBody>
        ))}
        <Loading />
      </Panel>
    </>
  );
}

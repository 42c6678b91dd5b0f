import { PageHead } from '../ui/page';
import { Panel, PanelBody } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';

/** The page about what happened while it loads: higher than a screen, so that nothing moves when it is there. */
export function ActivitySkeleton() {
  return (
    <>
      <PageHead title="Activity">
        <Bone width={360} height={20} />
      </PageHead>
      <Panel title="Timeline" busy>
        <PanelBody>
          <Bone width="100%" height={300} />
        </PanelBody>
        <Loading />
      </Panel>
      <Panel title="Journal">
        <PanelBody>
          <Bone width="100%" height={320} />
        </PanelBody>
      </Panel>
      <Panel title="Moves">
        <PanelBody>
          <Bone width="100%" height={600} />
        </PanelBody>
      </Panel>
    </>
  );
}

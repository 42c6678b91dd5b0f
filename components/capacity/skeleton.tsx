import { Columns, PageHead, Stack } from '../ui/page';
import { Panel, PanelBody } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';

/** The page about capacity while it loads. */
export function CapacitySkeleton() {
  return (
    <>
      <PageHead title="Capacity">
        <Bone width={360} height={20} />
      </PageHead>
      <Columns wide="first">
        <Panel title="How many more fit" busy>
          {Array.from({ length: 8 }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never reordered
            <PanelBody key={row}>
              <Bone width="100%" height={24} />
            </PanelBody>
          ))}
          <Loading />
        </Panel>
        <Stack>
          <Panel title="Why not more">
            <PanelBody>
              <Bone width="100%" height={120} />
            </PanelBody>
          </Panel>
          <Panel title="Stranded">
            <PanelBody>
              <Bone width="100%" height={60} />
            </PanelBody>
          </Panel>
        </Stack>
      </Columns>
      <Columns wide="second">
        <Panel title="Can a host fail?">
          <PanelBody>
            <Bone width="100%" height={120} />
          </PanelBody>
        </Panel>
        <Panel title="Days to full">
          <PanelBody>
            <Bone width="100%" height={220} />
          </PanelBody>
        </Panel>
      </Columns>
    </>
  );
}

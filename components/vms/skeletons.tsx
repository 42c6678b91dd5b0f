import { PageHead } from '../ui/page';
import { Panel, PanelBody, PanelTools } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';
import { PAGE_SIZE } from './choice';
import styles from './skeletons.module.css';
import { BackToVms } from './vm-head';
import { VmsHead } from './vms-head';

/** The list of VMs while it loads, at its final height. */
export function VmsSkeleton() {
  return (
    <>
      <VmsHead vms={null} />
      <Panel label="VMs" busy>
        <PanelTools label="Search and filters">
          <Bone width={260} height={28} />
          <Bone width={260} height={28} />
        </PanelTools>
        {Array.from({ length: PAGE_SIZE + 1 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never reordered
          <div key={row} className={styles.row}>
            <Bone width={110} />
            <Bone width="20%" />
            <Bone width="20%" />
          </div>
        ))}
        <PanelBody>
          <Bone width={110} />
          <Loading />
        </PanelBody>
      </Panel>
    </>
  );
}

export function VmSkeleton({ id }: { id: string }) {
  return (
    <>
      <PageHead title={id} mono ways={<BackToVms />} />
      <Panel label="Figures" busy>
        <div className={styles.place}>
          <Bone width={110} />
          <Loading />
        </div>
      </Panel>
    </>
  );
}

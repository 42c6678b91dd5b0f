import { PageHead } from '../ui/page';
import { Panel, PanelBody, PanelTools } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';
import { PAGE_SIZE } from './choice';
import { BackToHosts } from './host-head';
import { HostsHead } from './hosts-head';
import styles from './skeletons.module.css';

/** The page of hosts while it loads, at its final height. */
export function HostsSkeleton() {
  return (
    <>
      <HostsHead region={null} />
      <Panel label="Hosts" busy>
        <PanelTools label="Search and filters">
          <Bone width={260} height={28} />
          <Bone width={260} height={28} />
        </PanelTools>
        {Array.from({ length: PAGE_SIZE + 1 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never reordered
          <div key={row} className={styles.row}>
            <Bone width={110} />
            <Bone width="20%" height={6} />
            <Bone width="20%" height={6} />
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

export function HostSkeleton({ name }: { name: string }) {
  return (
    <>
      <PageHead title={name} mono ways={<BackToHosts />} />
      <Place part="figures" />
      <Place part="chart" />
      <Place part="table" />
    </>
  );
}

function Place({ part }: { part: 'figures' | 'chart' | 'table' }) {
  return (
    <Panel label={name(part)} busy>
      <div className={styles.place} data-part={part}>
        <Bone width={110} />
        <Loading />
      </div>
    </Panel>
  );
}

const name = (part: 'figures' | 'chart' | 'table') => ({ figures: 'Figures', chart: 'Load', table: 'VMs' })[part];

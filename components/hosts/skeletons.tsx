import { PAGE_SIZE } from './choice';
import { HostsHeading } from './heading';
import styles from './hosts.module.css';

/** The place of a page of hosts, as high as it will be. */
export function HostsSkeleton() {
  return (
    <>
      <HostsHeading region={null} />
      <div className={styles.panel} aria-busy="true">
        <div className={styles.toolbar}>
          <span className={styles.ghost} data-size="field" />
          <span className={styles.ghost} data-size="field" />
        </div>
        <Rows count={PAGE_SIZE + 1} />
        <div className={styles.foot}>
          <span className={styles.ghost} data-size="text" />
        </div>
        <span className="visually-hidden">Being read</span>
      </div>
    </>
  );
}

export function HostSkeleton({ name }: { name: string }) {
  return (
    <>
      <div className={styles.hostHead}>
        <span className={styles.back} />
        <h1 className={styles.title} data-mono>
          {name}
        </h1>
      </div>
      <Ghost size="figures" />
      <Ghost size="chart" />
      <Ghost size="table" />
    </>
  );
}

function Ghost({ size }: { size: 'figures' | 'chart' | 'table' }) {
  return (
    <div className={styles.panel} data-skeleton={size} aria-busy="true">
      <span className={styles.ghost} data-size="text" />
      <span className="visually-hidden">Being read</span>
    </div>
  );
}

function Rows({ count }: { count: number }) {
  return Array.from({ length: count }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never change places
    <div key={row} className={styles.ghostRow}>
      <span className={styles.ghost} data-size="text" />
      <span className={styles.ghost} data-size="bar" />
      <span className={styles.ghost} data-size="bar" />
    </div>
  ));
}

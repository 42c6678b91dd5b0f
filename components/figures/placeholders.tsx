import { Panel } from '@/components/ui/panel';
import { Cell } from './cell';
import styles from './placeholders.module.css';

/** What stands in the places of widgets until their data is there: of the final height, so that nothing moves. */

export function CellSkeleton({ id, title, wide }: { id: string; title: string; wide?: boolean }) {
  return (
    <Cell id={id} title={title} wide={wide}>
      <span className={styles.figure} />
      <span className={styles.line} />
      <span className={styles.words} />
      <Being />
    </Cell>
  );
}

export function MapSkeleton({ id, title }: { id: string; title: string }) {
  return (
    <Panel id={id} title={title}>
      <div className={styles.cells}>
        {Array.from({ length: 24 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: all alike, and none changes its place
          <span key={at} className={styles.cell} />
        ))}
      </div>
      <Being />
    </Panel>
  );
}

export function TableSkeleton({ id, title }: { id: string; title: string }) {
  return (
    <Panel id={id} title={title}>
      <div className={styles.rows}>
        {Array.from({ length: 6 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: all alike, and none changes its place
          <span key={at} className={styles.row} />
        ))}
      </div>
      <Being />
    </Panel>
  );
}

const Being = () => <span className="visually-hidden">Being read</span>;

import { Panel } from '@/components/ui/panel';
import { Bone, Loading } from '@/components/ui/skeleton';
import { Cell } from './cell';
import styles from './placeholders.module.css';
import { Verdict } from './verdict';

/** Take the places of widgets while their data is loading, at their final height, so that nothing moves. */

type Props = { id: string; title: string };

export function CellSkeleton({ id, title, wide }: Props & { wide?: boolean }) {
  return (
    <Cell id={id} title={title} wide={wide}>
      <div className={styles.cell}>
        <Bone width={96} height={24} />
        <Bone width="100%" height={6} />
        <Bone width="70%" />
      </div>
      <Loading />
    </Cell>
  );
}

export function VerdictSkeleton({ title, level }: { title: string; level: 1 | 2 }) {
  const heading = (
    <>
      <span className="visually-hidden">{title}</span>
      <Bone width={230} height={28} />
    </>
  );
  return (
    <Verdict tone="quiet" icon="waiting" level={level} heading={heading}>
      <Bone width={360} height={20} />
      {level === 2 ? (
        <span className={styles.proposal}>
          <Bone width={300} height={48} />
        </span>
      ) : null}
      <Loading />
    </Verdict>
  );
}

/** A line that may not be there in the end; usually it is if it takes long. */
export function LineSkeleton({ title }: { title: string }) {
  return (
    <Panel label={title}>
      <div className={styles.line}>
        <Bone width={230} />
        <Loading />
      </div>
    </Panel>
  );
}

/** A panel of 24 cells or of 6 rows. */
export function PanelSkeleton({ id, title, of }: Props & { of: 'cells' | 'rows' }) {
  return (
    <Panel id={id} title={title}>
      <div className={of === 'cells' ? styles.cells : styles.rows}>
        {Array.from({ length: of === 'cells' ? 24 : 6 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: all are alike, and none changes its place
          <Bone key={at} width="100%" height={of === 'cells' ? 46 : 12} />
        ))}
      </div>
      <Loading />
    </Panel>
  );
}

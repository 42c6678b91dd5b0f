import styles from './skeleton.module.css';

type BoneProps = { width: number | `${number}%`; height?: number };

/** Stands for one text, figure or bar while it loads; px. */
export function Bone({ width, height = 12 }: BoneProps) {
  return <svg className={styles.bone} width={width} height={height} aria-hidden="true" />;
}

/** Says what the bones around it can't. */
export function Loading() {
  return <span className="visually-hidden">Loading</span>;
}

/** Lines of text that load. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.lines}>
      <Bone width="45%" height={32} />
      {Array.from({ length: lines - 1 }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never change places
        <Bone key={line} width="100%" height={16} />
      ))}
      <Loading />
    </div>
  );
}

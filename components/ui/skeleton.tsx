import styles from './skeleton.module.css';

type BoneProps = { width: number | `${number}%`; height?: number };

/** A placeholder for a text, figure or bar that is loading; sizes in px. */
export function Bone({ width, height = 12 }: BoneProps) {
  return <svg className={styles.bone} width={width} height={height} aria-hidden="true" />;
}

/** Tells screen readers that something is loading. */
export function Loading() {
  return <span className="visually-hidden">Loading</span>;
}

/** A placeholder for lines of text. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.lines}>
      <Bone width="45%" height={32} />
      {Array.from({ length: lines - 1 }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are identical and never reordered
        <Bone key={line} width="100%" height={16} />
      ))}
      <Loading />
    </div>
  );
}

import styles from './ui.module.css';

/** Holds the place of what is still being read. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.skeleton}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never change places
        <div key={line} className={styles.skeletonLine} />
      ))}
      <span className="visually-hidden">Being read</span>
    </div>
  );
}

import type { Ground } from '@/lib/contract/v1/must-not-move';
import { Tag } from '../ui/tag';
import styles from './must-not-move.module.css';

/** A lock, and every source of the mark. */
export function MustNotMove({ grounds }: { grounds: Ground[] }) {
  return (
    <>
      <Tag tone="warn" icon="lock">
        Must not move
      </Tag>
      <ul className={styles.grounds}>
        {grounds.map(({ source, mark, text }) => (
          <li key={`${source} ${mark}`}>{text.charAt(0).toUpperCase() + text.slice(1)}.</li>
        ))}
      </ul>
    </>
  );
}

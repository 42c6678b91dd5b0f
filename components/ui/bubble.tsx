import type { ReactNode, Ref } from 'react';
import styles from './bubble.module.css';

type Props = { ref: Ref<HTMLSpanElement>; id?: string; children: ReactNode };

/** The box of a tooltip; its owner positions it with `style.translate`. */
export function Bubble({ ref, id, children }: Props) {
  return (
    <span ref={ref} id={id} role="tooltip" className={styles.bubble} data-hide="print">
      {children}
    </span>
  );
}

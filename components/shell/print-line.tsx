'use client';

import { useEffect, useState } from 'react';
import { formatTime } from '@/lib/format';
import styles from './print-line.module.css';

/** On paper only: what was printed, and when. A sheet on a desk has no address bar. */
export function PrintLine() {
  const [line, setLine] = useState('');
  useEffect(() => {
    const update = () => setLine(`${window.location.href}, printed at ${formatTime(Date.now(), 0)}`);
    window.addEventListener('beforeprint', update);
    return () => window.removeEventListener('beforeprint', update);
  }, []);
  return <span className={styles.printed}>{line}</span>;
}

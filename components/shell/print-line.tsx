'use client';

import { useEffect, useState } from 'react';
import { formatTime } from '@/lib/format';
import styles from './shell.module.css';

/** On paper alone: what was printed, and when, with its date. A sheet on a desk has no address bar. */
export function PrintLine() {
  const [line, setLine] = useState('');
  useEffect(() => {
    const note = () => setLine(`${window.location.href}, printed at ${formatTime(Date.now(), 0)}`);
    window.addEventListener('beforeprint', note);
    return () => window.removeEventListener('beforeprint', note);
  }, []);
  return <span className={styles.printed}>{line}</span>;
}

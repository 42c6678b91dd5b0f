import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LiveRefresh } from '@/components/live/live-refresh';
import { SourceStates } from '@/components/source-states';
import { Notice } from '@/components/ui/notice';
import { dashboardSettings } from '@/lib/dashboard/settings';
import { FONTS } from './fonts';
import './globals.css';
import styles from './layout.module.css';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = {
  title: 'Watcher Visio',
  description: 'How full the region is, which hosts are hot, and what Watcher’s plans would change.',
};

export default function Layout({ children }: { children: ReactNode }) {
  const { mode, refreshSeconds, statusSeconds } = dashboardSettings();
  return (
    <html lang="en" className={FONTS}>
      <body>
        <LiveRefresh seconds={refreshSeconds}>
          <a className={styles.skip} href="#content">
            Skip to content
          </a>
          <header className={styles.bar}>
            <Link href="/" className={styles.product} prefetch={false}>
              Watcher Visio
            </Link>
            <SourceStates seconds={statusSeconds} />
          </header>
          <main id="content" className={styles.content}>
            {mode === 'simulated' ? (
              <Notice tone="mock">
                Simulated cloud: nothing here is real. No host, VM or audit on this page exists.
              </Notice>
            ) : null}
            {children}
          </main>
        </LiveRefresh>
      </body>
    </html>
  );
}

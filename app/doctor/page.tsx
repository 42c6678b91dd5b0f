import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DoctorReport } from '@/components/doctor/doctor-report';
import styles from '@/components/ui/page.module.css';
import { Skeleton } from '@/components/ui/skeleton';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { viewDoctor } from '@/lib/dashboard/views/doctor';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Doctor' };

export default function DoctorPage() {
  return (
    <div className={styles.page}>
      <Suspense
        fallback={
          <div className={styles.waiting}>
            <h1 className={styles.title}>Looking at every link…</h1>
            <Skeleton lines={12} />
          </div>
        }
      >
        <Report />
      </Suspense>
    </div>
  );
}

async function Report() {
  const doctor = await viewDoctor(regionOfRequest());
  return <DoctorReport doctor={doctor} now={Date.now()} />;
}

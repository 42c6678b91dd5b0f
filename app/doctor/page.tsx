import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DoctorReport, DoctorSkeleton } from '@/components/doctor/doctor-report';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { viewDoctor } from '@/lib/dashboard/views/doctor';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Doctor' };

export default function DoctorPage() {
  return (
    <Suspense fallback={<DoctorSkeleton />}>
      <Report />
    </Suspense>
  );
}

async function Report() {
  const doctor = await viewDoctor(regionOfPage());
  return <DoctorReport doctor={doctor} now={Date.now()} />;
}

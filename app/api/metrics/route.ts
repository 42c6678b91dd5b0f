import { serveMetrics } from '@/lib/dashboard/cloud-metrics';

export const dynamic = 'force-dynamic';
export const GET = serveMetrics;

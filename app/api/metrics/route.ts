import { serveMetrics } from '@/lib/dashboard/http/metrics';

export const dynamic = 'force-dynamic';
export const GET = serveMetrics;

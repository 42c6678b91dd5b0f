import { serveReady } from '@/lib/dashboard/health';

export const dynamic = 'force-dynamic';
export const GET = serveReady;

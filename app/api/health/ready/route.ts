import { serveReady } from '@/lib/dashboard/http/health';

export const dynamic = 'force-dynamic';
export const GET = serveReady;

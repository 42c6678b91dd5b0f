import { serveHostsCsv } from '@/lib/dashboard/http/hosts-csv';

export const dynamic = 'force-dynamic';
export const GET = serveHostsCsv;

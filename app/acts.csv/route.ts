import { serveActsCsv } from '@/lib/dashboard/http/acts-csv';

export const dynamic = 'force-dynamic';
export const GET = serveActsCsv;

import { serveCapacityCsv } from '@/lib/dashboard/http/capacity-csv';

export const dynamic = 'force-dynamic';
export const GET = serveCapacityCsv;

import { serveRepeatingCsv } from '@/lib/dashboard/http/repeating-csv';

export const dynamic = 'force-dynamic';
export const GET = serveRepeatingCsv;

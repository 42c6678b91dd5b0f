import { servePlansCsv } from '@/lib/dashboard/http/plans-csv';

export const dynamic = 'force-dynamic';
export const GET = servePlansCsv;

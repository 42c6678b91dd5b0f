import { serveForecastCsv } from '@/lib/dashboard/http/planning-csv';

export const dynamic = 'force-dynamic';
export const GET = serveForecastCsv;

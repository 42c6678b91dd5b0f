import { serveVmsCsv } from '@/lib/dashboard/http/vms-csv';

export const dynamic = 'force-dynamic';
export const GET = serveVmsCsv;

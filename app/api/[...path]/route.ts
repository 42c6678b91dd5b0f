import { refuseUnknownPath } from '@/lib/dashboard/serve';

export const dynamic = 'force-dynamic';
export const GET = refuseUnknownPath;

import { serveUnknownPath } from '@/lib/dashboard/http/serve';

export const dynamic = 'force-dynamic';
export const GET = serveUnknownPath;

import { serveIndex } from '@/lib/dashboard/http/documents';
import { version } from '@/package.json';

export const dynamic = 'force-dynamic';
export const GET = (request: Request) => serveIndex(request, version);

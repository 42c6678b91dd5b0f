import { describeApi } from '@/lib/contract/openapi';
import { serveDocument } from '@/lib/dashboard/http/serve';
import { version } from '@/package.json';

export const dynamic = 'force-dynamic';
export const GET = (request: Request) => serveDocument(request, describeApi(version));

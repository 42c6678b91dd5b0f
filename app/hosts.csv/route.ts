import { readHostsChoice } from '@/components/hosts/choice';
import { hostsCsv } from '@/components/hosts/hosts-csv';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { readHosts } from '@/lib/dashboard/views/hosts';

export const dynamic = 'force-dynamic';

/** The host table as a file, with the parameters of its page: all that match, in the same order. */
export async function GET(request: Request): Promise<Response> {
  const choice = readHostsChoice(Object.fromEntries(new URL(request.url).searchParams));
  const view = await readHosts(
    regionOfRequest(),
    { ...choice, limit: Number.MAX_SAFE_INTEGER, offset: 0 },
    choice.audit,
  );
  if (!view.ok) return new Response(`${view.problem.message}\n`, { status: 503, headers: { 'retry-after': '10' } });
  const now = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '');
  return new Response(hostsCsv(view.data.hosts), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="hosts-${now}Z.csv"`,
      'cache-control': 'no-store',
    },
  });
}

import 'server-only';
import { publicMessage } from '@/lib/errors';
import { openSources } from '../sources/sources';

/** For orchestrators, and for everybody: says nothing of the cloud. Neither asks a source. */

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });

/** GET /api/health/live/: the process answers. */
export const serveLive = (): Response => answer(200, { status: 'live' });

/**
 * GET /api/health/ready/: the settings hold and the way to the sources is open. A source that fails makes nobody
 * unready: the page says so better than a server that is taken away.
 */
export async function serveReady(): Promise<Response> {
  try {
    await openSources();
    return answer(200, { status: 'ready' });
  } catch (error) {
    return answer(503, { status: 'not ready', reason: publicMessage(error) });
  }
}

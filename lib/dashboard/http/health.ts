import 'server-only';
import { publicMessage } from '@/lib/errors';
import { listRegions } from '../process/region';
import { openSources } from '../sources/sources';

/** Health checks, open to everyone: they say nothing about the cloud and ask no source. */

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });

/** GET /api/health/live/ */
export const serveLive = (): Response => answer(200, { status: 'live' });

/**
 * GET /api/health/ready/: the settings are valid and the sources are opened. A failing source does not make the server
 * unready: a page that says what fails is more useful than no page.
 */
export async function serveReady(): Promise<Response> {
  try {
    await Promise.all(listRegions().map(openSources));
    return answer(200, { status: 'ready' });
  } catch (error) {
    return answer(503, { status: 'not ready', reason: publicMessage(error) });
  }
}

import 'server-only';
import { publicMessage } from '@/lib/errors';
import { currentRequestId } from '../process/request-context';
import { defaultRegion } from '../sources/regions';
import { openSources } from '../sources/sources';
import { throughNext } from './own-framing';
import { writeProblem } from './problems';

/** Health checks, open to everyone: they say nothing about the cloud and ask no source. */

function answer(status: number, body: unknown): Response {
  const text = JSON.stringify(body);
  const headers = throughNext([
    ['content-type', 'application/json'],
    ['content-length', String(Buffer.byteLength(text))],
    ['cache-control', 'no-store'],
  ]);
  return new Response(text, { status, headers });
}

/** GET /api/health/live/ */
export const serveLive = (): Response => answer(200, { status: 'live' });

/**
 * GET /api/health/ready/: the settings are valid and the sources of the default region are opened. A failing source does
 * not make the server unready, nor does another region: a page that says what fails is more useful than no page.
 */
export async function serveReady(): Promise<Response> {
  try {
    await openSources(defaultRegion().id);
    return answer(200, { status: 'ready' });
  } catch (error) {
    const { status, headers, body } = writeProblem(
      { name: 'wrong-settings', detail: publicMessage(error) },
      currentRequestId(),
    );
    return new Response(body, { status, headers: throughNext(Object.entries(headers)) });
  }
}

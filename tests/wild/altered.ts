import { HttpResponse, http } from 'msw';
import type { ServedCloud } from '../routes/served-cloud';

// biome-ignore lint/suspicious/noExplicitAny: JSON of any service, which the test changes as real clouds do
export type Json = any;

/** Changes the JSON of the simulated cloud's responses to GET requests whose path ends like this. */
export function alter(
  { server, simulation }: ServedCloud,
  path: RegExp,
  change: (json: Json, url: URL) => unknown,
): void {
  server.use(
    http.get(
      ({ request }) => path.test(new URL(request.url).pathname),
      async ({ request }) => {
        const response = await simulation.answer(request);
        if (!response.ok) return response;
        const json: Json = await response.json();
        const headers = new Headers(response.headers);
        headers.delete('content-length');
        return HttpResponse.json(change(json, new URL(request.url)) ?? json, { status: response.status, headers });
      },
    ),
  );
}

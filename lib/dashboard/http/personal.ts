import 'server-only';
import { z } from 'zod';
import type { Visitor } from '@/lib/auth/visitor';
import { requireVisitor } from '../access/visitors';
import type { RegionId } from '../process/region';
import { checkQuery } from './check-query';
import { regionIn } from './region-of-request';
import { respondOnce, serveVisitor } from './serve';

type Context = { params: Promise<Record<string, string>> };
type Asked<Q extends z.ZodObject> = { region: RegionId; query: z.output<Q>; params: Record<string, string> };
type Who = { visitor: Visitor; headers: Headers };

/** The GET handler of an endpoint whose answer depends on the visitor, or must be made anew each time. */
export function personal<A extends z.ZodType, Q extends z.ZodObject>(
  endpoint: { answer: A; query: Q },
  make: (asked: Asked<Q>, who: Who) => Promise<z.output<A>>,
): (request: Request, context: Context) => Promise<Response> {
  return (request, context) =>
    serveVisitor(request, async () => {
      const query = checkQuery(endpoint.query, request);
      const asked = { region: regionIn(request), query, params: await context.params };
      const view = await make(asked, { visitor: await requireVisitor(), headers: request.headers });
      return respondOnce(request, {
        body: JSON.stringify(z.encode(endpoint.answer, view)),
        headers: [
          ['content-type', 'application/json'],
          ['cache-control', 'no-store'],
        ],
      });
    });
}

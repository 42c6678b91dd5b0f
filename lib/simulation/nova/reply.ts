import { type Ask, isFull, ok, PREFIXES, type Reply, slice } from '../wire';

/** What the parts of Nova's API share. */

export type NovaAsk = Ask & {
  /** Below /v2.1 */
  route: string;
  /** The microversion in use: 2.minor. */
  minor: number;
};

export function fault(code: number, name: string, message: string): Reply {
  return { status: code, body: { [name]: { code, message } } };
}

export const notFound = (message: string): Reply => fault(404, 'itemNotFound', message);

export const NO_SUCH_URL: Reply = {
  status: 404,
  body: {
    message: 'The resource could not be found.<br /><br />\n\n\n',
    code: '404 Not Found',
    title: 'Not Found',
  },
};

/** Links of an object: with the version, and without. */
export function linksOf({ origin }: Ask, path: string): { rel: string; href: string }[] {
  return [{ rel: 'self', href: `${origin}${PREFIXES.nova}/v2.1${path}` }, bookmark(origin, path)];
}

export const bookmark = (origin: string, path: string) => ({
  rel: 'bookmark',
  href: `${origin}${PREFIXES.nova}${path}`,
});

/**
 * A page of a list, with a link to the next one wherever this one is full. It repeats the question with another marker.
 *
 * @param name of the list; its links are beside it, as `<name>_links`
 */
export function page<T extends { id: string }>(
  ask: NovaAsk,
  name: string,
  rows: T[],
  describe: (row: T) => unknown,
): Reply {
  const { query, origin, path } = ask;
  const limit = query.get('limit') ?? '';
  if (!/^[0-9]*$/.test(limit)) {
    return badRequest(
      `Invalid input for query parameters limit. Value: ${limit}. '${limit}' does not match '^[0-9]*$'`,
    );
  }
  const found = slice(rows, query);
  if (found === 'bad marker') return badRequest(`marker [${query.get('marker')}] not found`);
  if (found === 'bad limit') return badRequest(`Invalid input for query parameters limit. Value: ${limit}.`);
  const { items } = found;
  const next = new URLSearchParams(query);
  next.set('marker', items.at(-1)?.id ?? '');
  const links = [{ rel: 'next', href: `${origin}${PREFIXES.nova}${path}?${next}` }];
  return ok({ [name]: items.map(describe), ...(isFull(items, query) ? { [`${name}_links`]: links } : {}) });
}

export const badRequest = (message: string): Reply => fault(400, 'badRequest', message);

/** 1, true, yes: what Nova takes for yes in a query; a name without a value is one, too. */
export const isYes = (text: string | null): boolean => text !== null && /^(|1|t|true|on|y|yes)$/i.test(text);

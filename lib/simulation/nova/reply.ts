import { isFull, ok, PREFIXES, type Reply, type ServiceRequest, slice } from '../wire';

/** Shared by the parts of Nova's API. */

export type NovaRequest = ServiceRequest & {
  /** Path relative to /v2.1. */
  route: string;
  /** The microversion in use: 2.minor. */
  minor: number;
};

export function fault(code: number, name: string, message: string): Reply {
  return { status: code, body: { [name]: { code, message } } };
}

export const notFound = (message: string): Reply => fault(404, 'itemNotFound', message);

/** Changing things takes an admin. */
export const refuseByPolicy = ({ roles }: ServiceRequest, rule: string): Reply | undefined =>
  roles.includes('admin') ? undefined : fault(403, 'forbidden', `Policy doesn't allow ${rule} to be performed.`);

export const NO_SUCH_URL: Reply = {
  status: 404,
  body: {
    message: 'The resource could not be found.<br /><br />\n\n\n',
    code: '404 Not Found',
    title: 'Not Found',
  },
};

/** An object's links, with and without the version. */
export function linksOf({ origin }: ServiceRequest, path: string): { rel: string; href: string }[] {
  return [{ rel: 'self', href: `${origin}${PREFIXES.nova}/v2.1${path}` }, bookmark(origin, path)];
}

export const bookmark = (origin: string, path: string) => ({
  rel: 'bookmark',
  href: `${origin}${PREFIXES.nova}${path}`,
});

/**
 * A page of a list. If it is full, it has a link to the next page: the same request with another marker.
 *
 * @param list.name its links are called `<name>_links`
 */
export function page<T extends { id: string }>(
  request: NovaRequest,
  list: { name: string; rows: T[]; describe: (row: T) => unknown },
): Reply {
  const { name, rows, describe } = list;
  const { query, origin, path } = request;
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

/** Whether Nova takes a query parameter for yes: 1, true, yes, or no value at all. */
export const isYes = (text: string | null): boolean => text !== null && /^(|1|t|true|on|y|yes)$/i.test(text);

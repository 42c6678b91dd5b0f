import { isFull, ok, type Reply, type ServiceRequest, slice } from '../wire';

/** Shared by the parts of Watcher's API. */

export type WatcherRequest = ServiceRequest & {
  /** The microversion in use: 1.minor. */
  minor: number;
  /** VMs that strategies see, counted once for all plans of a list. */
  countAudited: () => number;
};

/** Watcher's links contain its internal address, which clients can't reach. */
export const INTERNAL = 'http://watcher.internal:9322';

/** Watcher wraps its errors: JSON in a string. */
export function fault(status: number, faultstring: string): Reply {
  return wrapped(status, { faultcode: status >= 500 ? 'Server' : 'Client', faultstring, debuginfo: null });
}

/** Errors from Watcher's version check and router have another form. */
export const plainFault = (code: number, title: string, description: string): Reply =>
  wrapped(code, { code, title, description });

const wrapped = (status: number, error: unknown): Reply => ({ status, body: { error_message: JSON.stringify(error) } });

/** By default only admins may use Watcher, whatever their project. */
export function refuseByPolicy({ roles }: ServiceRequest, rule: string): Reply | undefined {
  const isAdmin = roles.some((role) => ['admin', 'administrator'].includes(role));
  return isAdmin ? undefined : fault(403, `Policy doesn't allow ${rule} to be performed.`);
}

export const NOT_ALLOWED: Reply = plainFault(405, 'Method Not Allowed', '');

export const NO_SUCH_URL: Reply = plainFault(404, 'Not Found', '');

export const linksTo = (resource: string, id: string | number) => [
  { href: `${INTERNAL}/v1/${resource}/${id}`, rel: 'self' },
  { href: `${INTERNAL}/${resource}/${id}`, rel: 'bookmark' },
];

type Listing<T> = {
  /** The list's name, which is the resource's. */
  name: string;
  rows: T[];
  /** Returns all fields, as in the detailed list. */
  describe(row: NoInfer<T>): Record<string, unknown>;
  /** Fields that are only in the detailed list. */
  detail: string[];
  filters: string[];
};

type Row = { id: string; createdAt: number; updatedAt?: number | null; deletedAt?: number };

/** Watcher orders ids by creation. A full page has a `next` link, which lacks the filters. */
export function list<T extends Row>(request: ServiceRequest, listing: Listing<T>): Reply {
  const { query, path } = request;
  const { name, describe, detail, filters } = listing;
  const known = ['limit', 'marker', 'sort_key', 'sort_dir', ...filters];
  const unknown = [...query.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) return fault(400, `Unknown argument: "${unknown}"`);

  const limit = query.get('limit');
  if (limit !== null && !/^-?\d+$/.test(limit)) {
    return fault(
      400,
      `Invalid input for field/attribute limit. Value: '${limit}'. unable to convert to int. Error: invalid literal for int() with base 10: '${limit}'`,
    );
  }
  if (limit !== null && Number(limit) <= 0) return fault(400, 'Limit must be positive');

  const sortKey = query.get('sort_key') ?? 'id';
  const sortDir = query.get('sort_dir') ?? 'asc';
  const rows = listing.rows.filter((row) => isShown(request, row));
  const sorted = sortRows({ ...listing, rows }, sortKey);
  if (sorted === null) return fault(400, `Invalid sort key: ${sortKey}`);
  if (sortDir === 'desc') sorted.reverse();

  const page = slice(sorted, query);
  if (typeof page === 'string') return fault(404, `Marker ${query.get('marker')} could not be found`);
  const isDetailed = path.endsWith('/detail');
  const shorten = (row: T) => {
    const wire = describe(row);
    return isDetailed ? wire : Object.fromEntries(Object.entries(wire).filter(([field]) => !detail.includes(field)));
  };
  const next = `${INTERNAL}${path}?sort_key=${sortKey}&sort_dir=${sortDir}&limit=${page.items.length}&marker=${page.items.at(-1)?.id}`;
  return ok({ [name]: page.items.map(shorten), ...(isFull(page.items, query) ? { next } : {}) });
}

/** Archived rows are returned only on request. */
export const isShown = ({ headers }: ServiceRequest, { deletedAt }: { deletedAt?: number }): boolean =>
  deletedAt === undefined || /^(1|t|true|yes|on)$/i.test(headers.get('x-show-deleted') ?? '');

function sortRows<T extends Row>({ rows, describe }: Listing<T>, key: string): T[] | null {
  // Rows are stored newest first; rows with the same time keep their order.
  const byCreation = [...rows].sort((a, b) => a.createdAt - b.createdAt);
  const [first] = byCreation;
  if (key === 'id' || key === 'created_at' || !first) return byCreation;
  if (!(key in describe(first))) return null;
  if (key === 'updated_at') return byCreation.sort((a, b) => (a.updatedAt ?? 0) - (b.updatedAt ?? 0));
  const texts = new Map(byCreation.map((row) => [row, String(describe(row)[key] ?? '')]));
  return byCreation.sort((a, b) => (texts.get(a) ?? '').localeCompare(texts.get(b) ?? ''));
}

export function one<T>(
  found: T | undefined,
  describe: (row: T) => unknown,
  { what, id }: { what: string; id: string },
): Reply {
  return found === undefined ? fault(404, `${what} ${id} could not be found`) : ok(describe(found));
}

/** Filters accept names and UUIDs. */
export function passes(query: URLSearchParams, name: string, ...values: (string | null | undefined)[]): boolean {
  const wanted = query.get(name);
  return wanted === null || values.includes(wanted);
}

import { PREFIXES, type Reply, type ServiceName } from './wire';

/** How a service is broken, for tests and experiments. */
export type Fault = {
  /** Returns this status, with an error in the service's own format. */
  status?: number;
  /** Delays the response. */
  delayMs?: number;
  /** Never responds. */
  hang?: boolean;
  /** Resets the connection. */
  reset?: boolean;
  /** Returns an HTML page instead of JSON, with 200 or the given status. */
  html?: boolean;
  /** Ends the response normally after half of the body. */
  truncate?: boolean;
  /** Resets the connection after half of the body. */
  resetBody?: boolean;
  /** Sends the body in many small pieces with this pause between them. */
  dripMs?: number;
  /** Adds Retry-After (seconds) to the status. */
  retryAfter?: number;
  /** Returns 200 with JSON in which every value has the wrong type. */
  wrongTypes?: boolean;
  /** Returns 200 with this many bytes of JSON. */
  bigBytes?: number;
  /** Redirects to this address. */
  redirect?: string;
  /** Leaves the service out of the catalog; not for Keystone and Prometheus. */
  missing?: boolean;
  /** Sets its clock ahead, or behind if negative. */
  skewMs?: number;
  /** Does what was asked, then resets the connection. */
  lose?: boolean;
  /** Limits the fault to requests whose address contains this text. */
  only?: string;
  /** Limits it to requests that change something. */
  writes?: boolean;
  /** Repairs the service after this many requests. */
  times?: number;
};

export type Faults = {
  /** Breaks a service; null repairs it. */
  set(service: ServiceName, fault: Fault | null): void;
  get(service: ServiceName): Fault | null;
  /** The fault that a request meets, which counts it. */
  meet(service: ServiceName, request: Request): Fault | null;
};

/** Thrown instead of responding, to reset the connection. */
export class ConnectionReset extends Error {}

export function openFaults(): Faults {
  const faults = new Map<ServiceName, Fault>();
  return {
    set(service, fault) {
      if (fault === null) faults.delete(service);
      else faults.set(service, fault);
    },
    get: (service) => faults.get(service) ?? null,
    meet(service, { url, method }) {
      const fault = faults.get(service);
      if (!fault || (fault.only !== undefined && !url.includes(fault.only))) return null;
      if (fault.writes && ['GET', 'HEAD'].includes(method)) return null;
      if (fault.times === undefined) return fault;
      if (fault.times > 1) faults.set(service, { ...fault, times: fault.times - 1 });
      else faults.delete(service);
      return fault;
    },
  };
}

export const SERVICES = Object.keys(PREFIXES) as ServiceName[]; // TypeScript types the keys of an object as string.

const KINDS: Record<keyof Fault, 'number' | 'boolean' | 'string'> = {
  status: 'number',
  delayMs: 'number',
  hang: 'boolean',
  reset: 'boolean',
  html: 'boolean',
  truncate: 'boolean',
  resetBody: 'boolean',
  dripMs: 'number',
  retryAfter: 'number',
  wrongTypes: 'boolean',
  bigBytes: 'number',
  redirect: 'string',
  missing: 'boolean',
  skewMs: 'number',
  lose: 'boolean',
  only: 'string',
  writes: 'boolean',
  times: 'number',
};

/** Parses a fault from JSON, or returns a sentence that says what is wrong with it. */
export function readFault(text: string): Fault | string {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return 'A fault must be a JSON object.';
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'A fault must be a JSON object.';
  const known = new Map<string, string>(Object.entries(KINDS));
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) return `A fault has no "${name}"; it can have ${[...known.keys()].join(', ')}.`;
    if (typeof value !== known.get(name)) return `"${name}" must be a ${known.get(name)}.`;
  }
  const fault: Fault = given;
  if (fault.status !== undefined && !(Number.isInteger(fault.status) && fault.status >= 200 && fault.status <= 599))
    return '"status" must be from 200 to 599.';
  return fault;
}

/**
 * The response of a broken service, or undefined if it responds normally, possibly later.
 *
 * @throws ConnectionReset
 */
export async function breakAnswer(service: ServiceName, fault: Fault): Promise<Reply | undefined> {
  const { status, delayMs, hang, reset, html, redirect, retryAfter } = fault;
  if (hang) await new Promise<never>(() => {});
  if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (reset) throw new ConnectionReset();
  if (html) {
    const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n';
    return { status: status ?? 200, body: page, headers: { 'content-type': 'text/html' } };
  }
  if (redirect !== undefined) return { status: 302, body: '', headers: { location: redirect } };
  if (status === undefined) return undefined;
  const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  return { status, body: FAULT_BODIES[service](status), headers };
}

const TITLES: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
const titleOf = (status: number) => TITLES[status] ?? 'Error';
const MESSAGE = 'The server is currently unable to handle the request.';

const identityFault = (code: number) => ({ error: { code, message: MESSAGE, title: titleOf(code) } });

const FAULT_BODIES: Record<ServiceName, (status: number) => unknown> = {
  keystone: identityFault,
  nova: (code) => (code === 401 ? identityFault(code) : { computeFault: { code, message: MESSAGE } }),
  placement: (status) =>
    status === 401 ? identityFault(status) : { errors: [{ status, title: titleOf(status), detail: MESSAGE }] },
  watcher: (status) =>
    status === 401
      ? identityFault(status)
      : { error_message: JSON.stringify({ faultcode: 'Server', faultstring: MESSAGE, debuginfo: null }) },
  prometheus: () => ({ status: 'error', errorType: 'unavailable', error: MESSAGE }),
};

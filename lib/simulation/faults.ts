import { PREFIXES, type Reply, type ServiceName } from './wire';

/** How a service is broken, for tests and for whoever wants to see what happens. */
export type Fault = {
  /** Answers with this status, in the service's own form of errors. */
  status?: number;
  /** Waits so long before it answers. */
  delayMs?: number;
  /** Never answers. */
  hang?: boolean;
  /** Breaks the connection. */
  reset?: boolean;
  /** Answers 200 with a page instead of JSON; with a status, the page has that. */
  html?: boolean;
  /** Ends in the middle of the answer, as if it were whole. */
  truncate?: boolean;
  /** Breaks the connection in the middle of the answer. */
  resetBody?: boolean;
  /** Sends the answer in many small pieces, with so long between two of them. */
  dripMs?: number;
  /** Says with a status when to come again, in seconds. */
  retryAfter?: number;
  /** Answers 200 with JSON in which every value is of another type than it should be. */
  wrongTypes?: boolean;
  /** Answers 200 with so many bytes of JSON. */
  bigBytes?: number;
  /** Sends whoever asks to this address. */
  redirect?: string;
  /** The catalog does not have it; no fault of Keystone or Prometheus. */
  missing?: boolean;
  /** Its clock is so far ahead; behind where negative. */
  skewMs?: number;
  /** Only where the address asked for contains this text. */
  only?: string;
};

export type Faults = {
  /** Breaks a service, or mends it with null. */
  set(service: ServiceName, fault: Fault | null): void;
  get(service: ServiceName): Fault | null;
};

/** There is no answer: the connection breaks. */
export class ConnectionReset extends Error {}

export function openFaults(): Faults {
  const faults = new Map<ServiceName, Fault>();
  return {
    set(service, fault) {
      if (fault === null) faults.delete(service);
      else faults.set(service, fault);
    },
    get: (service) => faults.get(service) ?? null,
  };
}

export const SERVICES = Object.keys(PREFIXES) as ServiceName[]; // The keys of a constant, which TypeScript calls strings.

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
  only: 'string',
};

/** A fault from JSON; what is wrong with it, as a sentence, where it is none. */
export function readFault(text: string): Fault | string {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return 'A fault is a JSON object.';
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'A fault is a JSON object.';
  const known = new Map<string, string>(Object.entries(KINDS));
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) return `A fault has no "${name}", but ${[...known.keys()].join(', ')}.`;
    if (typeof value !== known.get(name)) return `"${name}" of a fault is a ${known.get(name)}.`;
  }
  const fault: Fault = given;
  if (fault.status !== undefined && !(Number.isInteger(fault.status) && fault.status >= 200 && fault.status <= 599))
    return '"status" of a fault is from 200 to 599.';
  return fault;
}

/**
 * What a broken service answers, or undefined where it answers as always, maybe later.
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

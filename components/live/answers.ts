import { withBase } from '@/lib/base-path';
import { showBidiIn } from '@/lib/bidi';
import { isRecord } from '@/lib/is-record';
import { keepIn, keptHere } from '../ui/kept';
import { decodeAnswer } from './wire';

/** A request that failed: what the server says about it, and the source that has no data, if one is to blame. */
export class AnswerError extends Error {
  /** Of HTTP; 0 if the server could not be reached. */
  readonly status: number;
  readonly source: string | null;

  constructor(status: number, message: string, source: string | null) {
    super(message);
    this.name = 'AnswerError';
    this.status = status;
    this.source = source;
  }
}

const UNREACHED = 'Watcher Visio does not answer.';

/** Has the server take readings that fail again before it answers; see lib/dashboard/http/retry.ts. */
export const readAfterRetry = <T>(address: string): Promise<T> => read<T>(address, { 'x-retry': 'now' });

/** Reads from the typed API; components make no other requests. @throws AnswerError */
export const readAnswer = <T>(address: string): Promise<T> => read<T>(address, {});

let isLeaving = false;

/**
 * Nothing is read any more: the session ends, and the page with it. A browser takes a while to clear what it keeps, and a
 * reload in the meantime would lead elsewhere.
 */
export function stopReading(): void {
  isLeaving = true;
}

/** For what nobody waits for any more. */
const never = () => new Promise<never>(() => {});

async function read<T>(address: string, headers: Record<string, string>): Promise<T> {
  if (isLeaving) return never();
  let response: Response;
  try {
    const kept = withBase(keepIn(address, keptHere()));
    response = await window.fetch(kept, { headers: { accept: 'application/json', ...headers } });
  } catch {
    throw new AnswerError(0, UNREACHED, null);
  }
  if (isLeaving) return never();
  // The session has ended. Reloading leads to the sign-in page, and from there back here.
  if (response.status === 401) window.location.reload();
  // null where the body is cut off, as when the server stops: no answer has that value.
  const body: unknown = await response.json().catch(() => null);
  // The server answers what the contract says; both are built from the same schema.
  if (response.ok && body !== null) return showBidiIn(decodeAnswer(body)) as T;
  const { detail, source } = isRecord(body) ? body : {};
  throw new AnswerError(
    response.status,
    typeof detail === 'string' ? detail : UNREACHED,
    typeof source === 'string' ? source : null,
  );
}

/** Reads a document that is no answer of the typed API, such as the description of the API. @throws AnswerError */
export async function readDocument(address: string): Promise<object> {
  const response = await window.fetch(withBase(address), { headers: { accept: 'application/json' } }).catch(() => null);
  if (response?.status === 401) window.location.reload();
  const body: unknown = await response?.json().catch(() => null);
  if (response?.ok && isRecord(body)) return body;
  throw new AnswerError(response?.status ?? 0, UNREACHED, null);
}

/** Endpoints of the typed API. */
export const ADDRESSES = {
  overview: '/api/v1/overview/',
  progress: '/api/v1/progress/',
  sources: '/api/v1/sources/',
  regions: '/api/v1/regions/',
  audits: (limit: number, offset = 0) => `/api/v1/audits/?limit=${limit}&offset=${offset}`,
  audit: (id: string) => `/api/v1/audits/${encodeURIComponent(id)}/`,
  review: (audit: string) => `/api/v1/audits/${encodeURIComponent(audit)}/review/`,
  run: (audit: string, plan: string) =>
    `/api/v1/audits/${encodeURIComponent(audit)}/plans/${encodeURIComponent(plan)}/run/`,
  hostServers: (host: string) => `/api/v1/hosts/${encodeURIComponent(host)}/servers/`,
  ofHost: (host: string) => `/api/v1/hosts/${encodeURIComponent(host)}/`,
  delivered: '/api/v1/delivered/',
  find: (q: string) => `/api/v1/find/?${new URLSearchParams({ q })}`,
  permission: '/api/v1/permission/',
  server: (id: string) => `/api/v1/servers/${encodeURIComponent(id)}/`,
  actingSignIn: '/api/v1/acting/sign-in/',
  ofPlan: (audit: string, plan: string) =>
    `/api/v1/audits/${encodeURIComponent(audit)}/plans/${encodeURIComponent(plan)}/`,
  newAuditCheck: (settings: string) => `/api/v1/new-audit/check/?${new URLSearchParams({ settings })}`,
  createAudit: '/api/v1/new-audit/create/',
  auditProgress: (audit: string) => `/api/v1/audits/${encodeURIComponent(audit)}/progress/`,
  ofAudit: (audit: string) => `/api/v1/audits/${encodeURIComponent(audit)}/`,
  careful: (run: string) => `/api/v1/runs/${encodeURIComponent(run)}/`,
  waitingPlans: '/api/v1/plans/?show=waiting',
  runningPlans: '/api/v1/plans/?show=running',
} as const;

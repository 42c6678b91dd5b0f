import { SOURCE_NAMES, SourceError } from '../../errors';
import { faultOf } from '../../faults';
import { type HttpResponse, type Observer, openHttp } from '../../http';
import type { Proxies } from '../../proxies';
import type { Service } from '../catalog';
import type { CloudSettings } from '../clouds';
import { chooseVersion, type VersionNeed, versionHeaders } from '../microversions';
import type { Session } from '../session';

/** A request that changes something. */
export type WriteRequest = {
  service: Service;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the endpoint, without a leading slash. */
  path: string;
  body?: unknown;
  version: VersionNeed;
  /** What it does, for messages: "start the plan". */
  what: string;
};

/** `requestId`: the service's own id of the request, as in its log; null if it sends none. */
export type Written = { status: number; text: string; requestId: string | null };

/**
 * Sends one request that changes something, once: it is never repeated, since nobody knows whether an answer that was lost
 * had an effect.
 *
 * @throws NotWritten if it is certain that nothing was changed
 * @throws SourceError otherwise: nobody knows whether something was changed
 */
export type Write = (request: WriteRequest) => Promise<Written>;

/** Nothing was changed: the service refused, or the request was not even sent. The message is a sentence for people. */
export class NotWritten extends Error {
  readonly requestId: string | null;
  /** What the service answered; null if nothing was sent. */
  readonly status: number | null;

  constructor(message: string, { requestId, status }: Pick<Written, 'requestId'> & { status: number | null }) {
    super(message);
    this.name = 'NotWritten';
    this.requestId = requestId;
    this.status = status;
  }

  /** One bundle opens the writer for all, and its refusals must be refusals to the others, as with SourceError. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'NotWritten';
  }
}

type WriterOptions = {
  timeoutMs: number;
  maxBytes: number;
  concurrency: number;
  proxies?: Proxies | null;
  observe?: Observer;
};

export type Writer = {
  /** @param token whose token to act with; null for the session's own account */
  as(token: string | null): Write;
};

/** Opens what changes a cloud. Has connections of its own, so that an act does not wait for readings. */
export function openWriter(session: Session, cloud: CloudSettings, options: WriterOptions): Writer {
  const open = (source: Service) => openHttp({ ...options, source, tls: cloud.tls, mayWrite: true });
  const https = { nova: open('nova'), placement: open('placement'), watcher: open('watcher') };

  return {
    as: (token) => async (request) => {
      const { service, method, path, body, version } = request;
      const { url, chosen, own } = await beforeSending(request, async () => {
        const { url, versions } = await session.locate(service);
        return { url, chosen: chooseVersion(service, versions, version), own: token ?? (await session.token()) };
      });
      const send = (id: string): Promise<HttpResponse> =>
        https[service].send({
          url: `${url}/${path}`,
          method,
          headers: {
            ...versionHeaders(service, chosen),
            'x-auth-token': id,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? undefined : JSON.stringify(body),
          idempotent: false,
        });
      const first = await send(own);
      // Whose token is refused has changed nothing; our own may simply be too old.
      const response =
        first.status === 401 && token === null
          ? await send(await beforeSending(request, () => session.token(own)))
          : first;
      const written = { status: response.status, text: response.text, requestId: requestIdOf(response) };
      if (response.status < 200 || response.status > 299) throw refusalOf(request, response, written);
      if (IS_PAGE.test(response.text)) throw pageInstead(request, response);
      return written;
    },
  };
}

/** A proxy or a gateway answered in the place of the service. */
const IS_PAGE = /^\s*</;

const pageInstead = ({ service, what }: WriteRequest, { status }: HttpResponse): SourceError =>
  new SourceError(service, 'shape', `Asked to ${what}, ${SOURCE_NAMES[service]} sent a page instead of an answer.`, {
    status,
  });

async function beforeSending<T>({ what }: WriteRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new NotWritten(`Nothing was sent to ${what}: ${error.message}`, { requestId: null, status: null });
  }
}

const requestIdOf = ({ headers }: HttpResponse): string | null =>
  headers.get('x-openstack-request-id') ?? headers.get('openstack-request-id') ?? headers.get('x-request-id');

/** From here on: a gateway that gives up, or a service that failed half way, proves nothing. */
const PROVES_NOTHING = 500;

function refusalOf({ service, what }: WriteRequest, response: HttpResponse, written: Written): Error {
  const { status } = response;
  const name = SOURCE_NAMES[service];
  const fault = faultOf(response);
  const says = fault === '' ? ` with status ${status}` : `: “${fault}.”`;
  if (status >= PROVES_NOTHING) return new SourceError(service, 'http', `${name} failed to ${what}${says}`, { status });
  return new NotWritten(`${name} refused to ${what}${says}`, written);
}

import { SOURCE_NAMES, type Source, SourceError } from './errors';

/** The other end can't be reached; behind a proxy, that end is the proxy. */
const CONNECT_REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name could not be resolved',
  EHOSTUNREACH: 'its host is unreachable',
  ENETUNREACH: 'its network is unreachable',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
};

const REASONS: Record<string, string> = {
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection broke',
  EPIPE: 'the connection broke',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: compare the clocks',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown CA',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an unknown CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown CA',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks plain HTTP there, so the address must begin with http://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there, so the address may have to begin with http://',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it only speaks versions of TLS that are too old',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it does not speak the same versions of TLS',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it requires a client certificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not know the CA of the client certificate',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it rejects the client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the client certificate has expired',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'it rejects the TLS handshake; it may require a client certificate',
};

/** What follows depends on whether a CA is configured. */
const SELF_SIGNED: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
};

type Connection = {
  isProxied: boolean;
  /** Whether a CA is configured. */
  hasCa: boolean;
};

type Attempted = Connection & {
  source: Source;
  timeoutMs: number;
  /** Without user, password and query. */
  address: string;
};

/** Why there was no answer. `sentence` names the service; `code` is the system's, or what the proxy answered. */
type NoAnswer = { kind: 'network' | 'timeout'; sentence: string; code: string | null };

/** Turns whatever fetch throws into a SourceError that gives the reason in words. */
export function asSourceError(error: unknown, { source, timeoutMs, address, ...connection }: Attempted): SourceError {
  if (error instanceof SourceError) return error;
  const { kind, sentence, code } = whyNoAnswer(error, { ...connection, name: SOURCE_NAMES[source], timeoutMs });
  return new SourceError(source, kind, sentence, { cause: error, tried: { address, code } });
}

/** The same for whatever else is called `name` and was asked by fetch. */
export function whyNoAnswer(
  error: unknown,
  { name, timeoutMs, isProxied, hasCa }: Connection & { name: string; timeoutMs: number },
): NoAnswer {
  const network = (sentence: string, code: string | null): NoAnswer => ({ kind: 'network', sentence, code });
  let firstCode: string | null = null;
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause.name === 'TimeoutError')
      return { kind: 'timeout', sentence: `${name} did not answer within ${timeoutMs / 1000} s.`, code: null };
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const status = /^Proxy response \((\d+)\)/.exec(cause.message)?.[1];
    if (status !== undefined) return network(`${name} can't be reached: ${proxyReason(status)}.`, `proxy: ${status}`);
    const unreachable = CONNECT_REASONS[code];
    if (unreachable && isProxied) return network(`${name}'s proxy can't be reached: ${unreachable}.`, code);
    const reason = unreachable ?? REASONS[code] ?? selfSignedReason(code, hasCa) ?? notHttpReason(code);
    if (reason) return network(`${name} can't be reached: ${reason}.`, code);
    firstCode ??= code || null;
  }
  return network(`${name} can't be reached: the connection failed.`, firstCode);
}

const proxyReason = (status: string): string =>
  status === '407' ? 'the proxy rejects its credentials, or requires some' : `the proxy answers with status ${status}`;

function selfSignedReason(code: string, hasCa: boolean): string | undefined {
  const reason = SELF_SIGNED[code];
  if (reason === undefined) return undefined;
  return `${reason} and ${hasCa ? 'not from the configured CA' : 'no CA for it is configured'}`;
}

const notHttpReason = (code: string): string | undefined =>
  code.startsWith('HPE_') ? 'it does not speak HTTP there, so the address may have to begin with https://' : undefined;

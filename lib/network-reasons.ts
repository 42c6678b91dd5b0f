import { SOURCE_NAMES, type Source, SourceError } from './errors';

const NETWORK_REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection broke',
  EPIPE: 'the connection broke',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name could not be resolved',
  EHOSTUNREACH: 'its host is unreachable',
  ENETUNREACH: 'its network is unreachable',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and no CA for it is configured',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed and no CA for it is configured',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown CA',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** Turns whatever fetch throws into a SourceError that gives the reason in words. */
export function asSourceError(error: unknown, source: Source, timeoutMs: number): SourceError {
  if (error instanceof SourceError) return error;
  const name = SOURCE_NAMES[source];
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause.name === 'TimeoutError') {
      return new SourceError(source, 'timeout', `${name} did not answer within ${timeoutMs / 1000} s.`, {
        cause: error,
      });
    }
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const reason = NETWORK_REASONS[code];
    if (reason) return new SourceError(source, 'network', `${name} can't be reached: ${reason}.`, { cause: error });
  }
  return new SourceError(source, 'network', `${name} can't be reached: the connection failed.`, { cause: error });
}

import 'server-only';
import { bearerOf } from '@/lib/auth/api-tokens';
import { headerReader } from '@/lib/auth/visitor';
import { log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';
import { clientOf, isOpenToAll } from './visitors';

const UNAUTHENTICATED = 401;
const TOO_MANY = 429;
/** Pages ask to sign in. */
const SEE_OTHER = 303;

/** Logs and counts a request whose token gave no access. @param status of the answer */
export function noteRefusedToken(headers: Record<string, string | string[] | undefined>, status: number): void {
  if (![UNAUTHENTICATED, TOO_MANY, SEE_OTHER].includes(status) || isOpenToAll()) return;
  const reader = headerReader(headers);
  if (bearerOf(reader) === null) return;
  const reason = status === TOO_MANY ? 'throttled' : 'refused';
  ownMetrics().refusedTokens.inc({ reason });
  log().info({ client: clientOf(reader), reason }, 'token refused');
}

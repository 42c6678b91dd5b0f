import type { Http } from '../http';
import type { CloudSettings } from './clouds';
import { issueToken, type Token } from './keystone';

export type Tokens = {
  /**
   * The current token, or a new one. Concurrent callers share one request.
   *
   * @param refused a token that a service rejected
   * @throws SourceError of Keystone
   */
  current(refused?: string): Promise<Token>;
};

/** Renew this long before the token expires, so that a reading in progress can finish with it. */
const RENEW_MS = 120_000;

/** Keeps one token in memory. Its lifetime is measured with our own clock, which may differ from Keystone's. */
export function openTokens(http: Http, cloud: CloudSettings, clock: () => number): Tokens {
  let kept: { token: Token; renewAt: number } | undefined;
  let issuing: Promise<Token> | undefined;

  async function issue(): Promise<Token> {
    try {
      const token = await issueToken(http, cloud);
      const margin = Math.min(RENEW_MS, token.lifetimeMs / 2);
      kept = { token, renewAt: clock() + token.lifetimeMs - margin };
      return token;
    } finally {
      issuing = undefined;
    }
  }

  return {
    async current(refused) {
      if (kept && kept.token.id !== refused && clock() < kept.renewAt) return kept.token;
      issuing ??= issue();
      return issuing;
    },
  };
}

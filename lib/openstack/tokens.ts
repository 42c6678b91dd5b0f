import type { Http } from '../http';
import type { CloudSettings } from './clouds';
import { issueToken, type Token } from './keystone';

type Tokens = {
  /**
   * The token in use, or a new one: one request however many wait.
   *
   * @param refused a token that a service did not take
   * @throws SourceError of Keystone
   */
  current(refused?: string): Promise<Token>;
};

/** A token is renewed so long before it ends that a collection under way can still finish with it. */
const RENEW_MS = 120_000;

/** Keeps one token in memory. Its life is counted by our own clock, which may differ from Keystone's. */
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

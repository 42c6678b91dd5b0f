import 'server-only';
import type { ActingSignIn } from '@/lib/auth/acting';
import type { ProblemName } from '@/lib/contract/problem';
import type { Refusal, RefusalCode } from '@/lib/contract/v1/acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { formatThings } from '@/lib/format';
import type { Entry } from '@/lib/store/journal';
import { MINUTE_MS } from '@/lib/units';

type More = { refusal?: RefusalCode | Refusal; actId?: string; retryAfterMs?: number };

const WORDS: Record<Extract<ActingSignIn, { ok: false }>['refusal'], string> = {
  refused: 'Keystone refused the password or the code.',
  expired: 'Your password has expired; change it in Keystone.',
  code: 'Keystone wants a one-time code too.',
  'second-factor': 'Keystone wants a second factor that can’t be given here.',
  throttled: 'Too many attempts.',
  form: 'The password is missing, or something is too long.',
  unreachable: 'Keystone does not answer, so the password can’t be checked.',
  'other-user': 'These credentials belong to another user than the one who is signed in.',
};

/** An act was not done as asked. */
export class ActError extends Error {
  readonly problem: ProblemName;
  readonly refusal: Refusal | undefined;
  readonly actId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(problem: ProblemName, message: string, { refusal: why, actId, retryAfterMs }: More = {}) {
    super(message);
    this.name = 'ActError';
    this.problem = problem;
    this.refusal = typeof why === 'string' ? refusal(why, message) : why;
    this.actId = actId;
    this.retryAfterMs = retryAfterMs;
  }

  static ofSignIn({ refusal: why, retryAfterMs, triesLeft }: Extract<ActingSignIn, { ok: false }>): ActError {
    if (why === 'refused' && triesLeft !== undefined)
      return new ActError('acting-sign-in', `${WORDS.refused} ${leftWords(triesLeft)}`);
    if (why !== 'throttled') return new ActError('acting-sign-in', WORDS[why]);
    const minutes = Math.ceil(retryAfterMs / MINUTE_MS);
    return new ActError('too-many-attempts', `${WORDS.throttled} Try again in ${minutes} min.`, { retryAfterMs });
  }

  /** For an entry whose last outcome is not `done`. */
  static ofEntry({ id, outcomes, checked }: Entry): ActError {
    const last = outcomes.at(-1);
    const detail = last?.detail ?? 'Nobody can tell yet what became of it.';
    switch (last?.outcome) {
      case 'refused':
        return new ActError('act-refused', detail, { actId: id, refusal: firstRefusal(checked) });
      case 'failed':
        return new ActError('act-failed', detail, { actId: id });
      default:
        return new ActError('act-unknown', detail, { actId: id });
    }
  }
}

/** As `prepare` wrote it. */
function firstRefusal(checked: unknown): Refusal | undefined {
  const { refusals } = (checked ?? {}) as { refusals?: Refusal[] }; // The journal keeps what an act wrote.
  return refusals?.[0];
}

/** As long as the throttle counts. */
const leftWords = (tries: number): string =>
  tries === 0
    ? 'Now there is a pause of 5 min.'
    : `${formatThings(tries, 'try', 'tries')} left, then a pause of 5 min.`;

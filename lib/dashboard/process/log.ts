import 'server-only';
import pino, { type Logger } from 'pino';
import { readEnv, secretValues } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { processWide } from '@/lib/process-wide';
import { currentRequestId } from './request-context';

/**
 * The log of the server: one JSON object a line on standard output. Every line of a request has its id. Nothing secret
 * gets through: neither a configured secret nor what looks like a token or a password, wherever in the line it stands.
 */
export function log(): Logger {
  return processWide('log', () => {
    const { level, secrets } = settings();
    return pino(
      {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        mixin: () => {
          const request = currentRequestId();
          return request === null ? {} : { request };
        },
      },
      { write: (line) => void process.stdout.write(redact(line, secrets)) },
    );
  });
}

/** While settings are wrong, what can be said of them is said, too. */
function settings(): { level: string; secrets: string[] } {
  try {
    const env = readEnv();
    return { level: env.LOG_LEVEL, secrets: secretValues(env) };
  } catch {
    return { level: 'info', secrets: [] };
  }
}

const GONE = '[redacted]';
/** Shorter secrets are words that a log can't do without. */
const LEAST = 6;

const SECRET_FORMS: RegExp[] = [
  /\bgAAAA[\w-]{20,}={0,2}/g, // Fernet tokens
  /\beyJ[\w-]{10,}\.[\w-]*\.[\w.-]*/g, // JSON web tokens
  /(?<=\b(?:bearer|basic)\s+)[\w+/=.~-]{8,}/gi,
  /(?<=\\?"(?:password|secret|x-auth-token|x-subject-token|authorization|cookie)\\?"\s*:\s*\\?")[^"\\]+/gi,
  /(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g, // user:password@host
];

/** A line without the given secrets, and without anything that has the form of one. */
export function redact(line: string, secrets: string[]): string {
  let clean = line;
  for (const secret of secrets) {
    if (secret.length < LEAST) continue;
    clean = clean.replaceAll(secret, GONE);
    // Inside a JSON line, quotes and backslashes of the secret are escaped.
    clean = clean.replaceAll(JSON.stringify(secret).slice(1, -1), GONE);
  }
  return SECRET_FORMS.reduce((text, form) => text.replace(form, GONE), clean);
}

const DEPTH = 5;

/** What a log says of a thrown value: for a source's failure no trace, since it is no fault of this program. */
export function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof SourceError) {
    const { source, kind, message, status } = error;
    return { source, kind, error: message, status, cause: causesOf(error.cause) };
  }
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: `${error.name}: ${error.message}`, at: whereFrom(error), cause: causesOf(error.cause) };
}

function causesOf(cause: unknown): string | undefined {
  const found: string[] = [];
  for (let inner = cause; inner instanceof Error && found.length < DEPTH; inner = inner.cause) {
    const code = 'code' in inner && typeof inner.code === 'string' ? `${inner.code} ` : '';
    found.push(`${code}${inner.name === 'ZodError' ? 'ZodError' : inner.message.slice(0, 200)}`);
  }
  return found.length === 0 ? undefined : found.join(' <- ');
}

/** The places a bug came through, without the rest of a trace. */
function whereFrom({ stack = '' }: Error): string | undefined {
  const places = [...stack.matchAll(/^\s+at (.*)$/gm)].slice(0, 3).map(([, place]) => place);
  return places.length === 0 ? undefined : places.join(' < ');
}

/** From now on what anybody writes to the console for want of a log is a line of the log: Next's own words, too. */
export function takeOverConsole(): void {
  console.error = (...given: unknown[]) => log().error(describeWords(given), 'console');
  console.warn = (...given: unknown[]) => log().warn(describeWords(given), 'console');
}

function describeWords(given: unknown[]): Record<string, unknown> {
  const error = given.find((part) => part instanceof Error);
  const words = given.filter((part) => typeof part === 'string').join(' ');
  return { ...(error ? describeError(error) : {}), ...(words === '' ? {} : { words: words.slice(0, 1_000) }) };
}

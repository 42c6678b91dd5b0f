import 'server-only';
import pino, { type Logger } from 'pino';
import { type Env, readEnv } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { processWide } from '@/lib/process-wide';
import { secretValues } from '@/lib/secret-values';
import { currentRequestId } from './request-context';

/**
 * The server's log: one JSON object per line on standard output, with the id of the request it belongs to. Configured
 * secrets and anything that looks like a token or a password are removed, wherever they occur in a line.
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
      { write: (line) => void process.stdout.write(redact(line, [...secrets, ...moreSecrets()])) },
    );
  });
}

const moreSecrets = () => processWide('secrets-of-regions', () => new Set<string>());

/** Also removes the secrets in the settings of a region. */
export function hideFromLog(settings: Env): void {
  for (const secret of secretValues(settings)) moreSecrets().add(secret);
}

/** Wrong settings must not keep the error about them out of the log. */
function settings(): { level: string; secrets: string[] } {
  try {
    const env = readEnv();
    return { level: env.LOG_LEVEL, secrets: secretValues(env) };
  } catch {
    return { level: 'info', secrets: [] };
  }
}

const REDACTED = '[redacted]';
/** Shorter secrets would redact ordinary words. */
const SHORTEST_SECRET = 6;

/** Each looks at every part of a line once: strangers decide what is in some. */
const SECRET_FORMS: RegExp[] = [
  /\bgAAAA[\w-]{20,}={0,2}/g, // Fernet tokens
  /(?<![\w-])eyJ[\w-]{10,}\.[\w-]*\.[\w.-]*/g, // JSON web tokens
  /(?<=\b(?:bearer|basic)\s{1,10})[\w+/=.~-]{8,}/gi,
  /(?<=\\?"(?:password|secret|x-auth-token|x-subject-token|authorization|cookie)\\?"\s*:\s*\\?")[^"\\]+/gi,
  /(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g, // user:password@host
];

/** The line without the given secrets and without anything that looks like one. */
export function redact(line: string, secrets: string[]): string {
  let clean = line;
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    clean = clean.replaceAll(secret, REDACTED);
    // Inside a JSON line, quotes and backslashes of the secret are escaped.
    clean = clean.replaceAll(JSON.stringify(secret).slice(1, -1), REDACTED);
  }
  return SECRET_FORMS.reduce((text, form) => text.replace(form, REDACTED), clean);
}

const MOST_CAUSES = 5;

/** The fields that a log line has about a thrown value. A source's failure has no trace, since it is not a bug here. */
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
  for (let inner = cause; inner instanceof Error && found.length < MOST_CAUSES; inner = inner.cause) {
    const code = 'code' in inner && typeof inner.code === 'string' ? `${inner.code} ` : '';
    found.push(`${code}${inner.name === 'ZodError' ? 'ZodError' : inner.message.slice(0, 200)}`);
  }
  return found.length === 0 ? undefined : found.join(' <- ');
}

/** The top of the stack trace. */
function whereFrom({ stack = '' }: Error): string | undefined {
  const places = [...stack.matchAll(/^\s+at (.*)$/gm)].slice(0, 3).map(([, place]) => place);
  return places.length === 0 ? undefined : places.join(' < ');
}

/** Redirects console.error and console.warn into the log, including Next's own messages. */
export function takeOverConsole(): void {
  console.error = (...given: unknown[]) => log().error(describeMessage(given), 'console');
  console.warn = (...given: unknown[]) => log().warn(describeMessage(given), 'console');
}

function describeMessage(given: unknown[]): Record<string, unknown> {
  const error = given.find((part) => part instanceof Error);
  const words = given.filter((part) => typeof part === 'string').join(' ');
  return { ...(error ? describeError(error) : {}), ...(words === '' ? {} : { words: words.slice(0, 1_000) }) };
}

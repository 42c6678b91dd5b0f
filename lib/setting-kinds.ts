import { z } from 'zod';
import { isNetwork } from './auth/networks';
import { weaknessOf } from './weak-secrets';

/**
 * The kinds of settings: schemas that read a variable's text and say what is wrong with it, never showing the value.
 */

export const text = () => z.string().trim().min(1).optional();
/** Not trimmed: a password may begin or end with a space. */
export const secret = () => z.string().min(1).optional();
export const flag = (fallback: boolean) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], { error: 'must be true or false' }))
    .transform((value) => ['true', '1', 'yes', 'on'].includes(value))
    .default(fallback);
export const whole = (fallback: number, min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);
export const percentage = (fallback: number) =>
  z.coerce.number({ error: 'must be a number' }).min(0).max(100).default(fallback);
/** The address of a service, below which its API is. User and password in it are sent as a header. */
export const baseUrl = () =>
  z
    .string()
    .trim()
    .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), 'must be an http or https address')
    .refine((value) => !/[?#]/.test(value), 'must be an address without ? and #')
    .optional();
/** As other programs take it, also without http:// in front. */
export const proxyUrl = () =>
  z
    .string()
    .trim()
    .transform((value) => (/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`))
    .refine(
      (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
      'must be the http or https address of a proxy; others, such as SOCKS, are not supported',
    )
    .optional();
/** Separated by commas or whitespace. */
export const words = () =>
  z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .default([]);
/** Sites as browsers name them in Origin; `*` for any. */
export const origins = () =>
  words().refine(
    (all) => all.every((value) => value === '*' || isOrigin(value)),
    'must list origins such as https://portal.example, without a path or a slash at the end, or be *',
  );
const isOrigin = (value: string): boolean =>
  /^https?:\/\/[^*]+$/.test(value) && URL.canParse(value) && new URL(value).origin === value;
/** What a header can have as its value, without spaces around it. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const HEADER_NAME = /^[!#$%&'*+.^`|~\w-]+$/;
/** Headers that belong to the connection. */
const CONNECTION_HEADER =
  /^(?:connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
/** A secret that is sent in a header. */
export const sendable = () =>
  z
    .string()
    .trim()
    .min(1)
    .refine((value) => HEADER_VALUE.test(value), 'can’t be sent: it has a line break or a letter beyond Latin-1')
    .optional();
/** `name=value, other=value` */
export const headers = () =>
  pairs()
    .refine(
      (all) => Object.keys(all).every((name) => HEADER_NAME.test(name) && !CONNECTION_HEADER.test(name)),
      'has a header name that can’t be sent',
    )
    .refine(
      (all) => Object.values(all).every((value) => HEADER_VALUE.test(value)),
      'has a header value that can’t be sent: a line break, or a letter beyond Latin-1',
    );
export const list = (fallback: string[]) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .default(fallback);
/** `name=value, other=value` */
export const pairs = () =>
  z
    .string()
    .transform((value, context) => {
      const entries: [string, string][] = [];
      for (const part of value.split(',').filter((item) => item.trim() !== '')) {
        const at = part.indexOf('=');
        if (at < 1) {
          context.issues.push({
            code: 'custom',
            input: value,
            message: 'must be a list of name=value pairs separated by commas',
          });
          return z.NEVER;
        }
        entries.push([part.slice(0, at).trim(), part.slice(at + 1).trim()]);
      }
      return Object.fromEntries(entries);
    })
    .default({});
/** `auto`, or a number of seconds */
export const windowSeconds = () =>
  z
    .union([z.literal('auto'), z.coerce.number({ error: 'must be auto or a number of seconds' }).positive()])
    .default('auto');

/** IP addresses or networks, separated by commas. */
export const networks = () =>
  list([]).refine(
    (values) => values.every(isNetwork),
    'must be a list of IP addresses or networks such as 192.0.2.0/24',
  );

/** What weak secrets have in common is said once. */
function refuseWeak(secrets: string[], context: z.RefinementCtx): void {
  for (const message of new Set(secrets.map(weaknessOf)))
    if (message !== null) context.addIssue({ code: 'custom', message });
}

/** A secret that only this server and its replicas know. */
export const ownSecret = () =>
  z
    .string()
    .min(32, 'must be at least 32 characters long')
    .superRefine((value, context) => refuseWeak([value], context))
    .optional();

const SHORTEST_TOKEN = 16;
/** Separated by commas or whitespace. */
export const tokens = () =>
  z
    .string()
    .default('')
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine(
      (values) => values.every(({ length }) => length >= SHORTEST_TOKEN),
      'must be a list of tokens of at least 16 characters each',
    )
    .superRefine((values, context) => refuseWeak(values, context));

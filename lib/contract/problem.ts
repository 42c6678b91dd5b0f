import { z } from 'zod';
import { refusalSchema } from './v1/acts';

/**
 * The kinds of errors under /api/, as problem documents (RFC 9457). A name never changes its meaning: programs match on
 * `type`, people read `detail`.
 */
export const PROBLEMS = {
  'malformed-address': {
    status: 400,
    title: 'Malformed address',
    description:
      'The address has a percent sign that two hexadecimal digits of valid UTF-8 do not follow, or does not begin with a slash.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'Invalid parameter',
    description:
      'A query parameter is missing, unknown, given twice, or has a value that is not allowed. `parameter` names it, and `detail` says what is allowed.',
  },
  'wrong-body': {
    status: 400,
    title: 'Wrong body',
    description: 'The body is no JSON object, or a field is missing, unknown or not allowed. `detail` names it.',
  },
  'no-idempotency-key': {
    status: 400,
    title: 'No idempotency key',
    description:
      'An act needs the header Idempotency-Key: 16 to 128 letters, digits, hyphens or underscores, new for each act.',
  },
  'not-authenticated': {
    status: 401,
    title: 'Not signed in',
    description: 'The request has neither a session cookie nor a valid token.',
  },
  'act-not-allowed': {
    status: 403,
    title: 'Not allowed to act',
    description: 'Acting is off, or the visitor may only look. `refusal` says which.',
  },
  'acting-sign-in': {
    status: 403,
    title: 'Password needed',
    description:
      'An act needs the password again, at /api/v1/acting/sign-in/, or it was not accepted there. `detail` says why.',
  },
  'other-origin': {
    status: 403,
    title: 'Sent from elsewhere',
    description: 'The request has a cookie and was not sent from a page of this server.',
  },
  'unknown-endpoint': {
    status: 404,
    title: 'Unknown endpoint',
    description: 'No endpoint has this path. /api/ lists them all.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    description: 'The endpoint exists, but the host, audit or plan that the address names does not.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    description: 'The endpoint exists, but not for this method. `Allow` lists the methods that it has.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    description: 'Accept-Encoding or Accept excludes everything that the endpoint can send.',
  },
  'act-refused': {
    status: 409,
    title: 'Refused',
    description:
      'The act is not possible now, and nothing was changed. `refusal` says why; `act_id` is its entry in the journal, if there is one.',
  },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    description: 'The request has a body although its method has none here, or one of more than 8,192 bytes.',
  },
  'misdirected-request': {
    status: 421,
    title: 'Misdirected request',
    description: 'Nobody has to sign in here, and the request names the server by a name that is not its own.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency key reused',
    description: 'The same Idempotency-Key came with another request within the last 24 hours.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many attempts',
    description:
      'Too many tokens or sign-ins from this network were refused. `Retry-After` has the seconds to wait. Valid API tokens are still accepted.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    description: 'A fault of the server. Its log has the details under the `request_id`.',
  },
  'act-failed': {
    status: 502,
    title: 'Done in part',
    description: 'Part of the act was done. `detail` says which; `act_id` is its entry in the journal.',
  },
  'act-unknown': {
    status: 504,
    title: 'Not known whether it was done',
    description:
      'An answer was lost, and nobody can tell yet whether the act was done. Its entry in the journal (`act_id`) will say.',
  },
  'no-journal': {
    status: 503,
    title: 'No journal',
    description: 'The journal can’t be written, so nothing was changed.',
  },
  'first-reading': {
    status: 503,
    title: 'First reading in progress',
    description:
      'The server has just started and is still reading the cloud for the first time. `source` names the service that it is reading. `Retry-After` has the seconds to wait.',
  },
  'no-data': {
    status: 503,
    title: 'No data from a source',
    description:
      'A service that the answer depends on fails, and the last good data is too old. `source` names it. `Retry-After` has the seconds to wait.',
  },
  'wrong-settings': {
    status: 503,
    title: 'Wrong settings',
    description: 'The server is not configured correctly. `detail` names the settings.',
  },
} as const satisfies Record<string, { status: number; title: string; description: string }>;

export type ProblemName = keyof typeof PROBLEMS;

/** The names by their order above, for schemas and loops. */
export const PROBLEM_NAMES = Object.keys(PROBLEMS) as [ProblemName, ...ProblemName[]];

/** The `type` of a problem: an address of this server that describes it. */
export const problemType = (name: ProblemName): string => `/api/problems/${name}/`;

export const problemSchema = z
  .object({
    type: z.string().meta({
      description: `What kind of problem it is: an address of this server that describes it. ${PROBLEM_NAMES.map((name) => `\`${problemType(name)}\` (${PROBLEMS[name].status})`).join(', ')}.`,
      examples: [problemType('not-found')],
    }),
    title: z.string().meta({ description: 'The kind of problem in words; the same for every problem of a type.' }),
    status: z.int().meta({ description: 'The HTTP status.' }),
    detail: z.string().meta({ description: 'What is wrong with this request, for people.' }),
    request_id: z.string().nullable().meta({
      description: 'The request in the log of the server, as in X-Request-Id; null if the server runs without its log.',
    }),
    source: z.string().optional().meta({ description: 'The service that has no usable data left.' }),
    parameter: z.string().optional().meta({ description: 'The query parameter that is wrong.' }),
    refusal: refusalSchema.optional().meta({ description: 'Why an act is refused.' }),
    act_id: z.string().optional().meta({ description: 'The act in the journal.' }),
  })
  .meta({ id: 'Problem', description: 'An error as RFC 9457 describes it, sent as application/problem+json.' });

export type Problem = z.output<typeof problemSchema>;

/** For the OpenAPI document. */
export const EXAMPLE_PROBLEM: Problem = {
  type: problemType('not-found'),
  title: PROBLEMS['not-found'].title,
  status: PROBLEMS['not-found'].status,
  detail: 'There is no compute host with this name.',
  request_id: '7f9c2b1e-8d55-4a0a-9b1f-3f2e6c1d0a77',
};

export const problemKindSchema = z
  .object({
    type: z.string().meta({ description: 'As in the `type` of a problem.' }),
    title: z.string().meta({ description: 'As in the `title` of a problem.' }),
    status: z.int().meta({ description: 'The HTTP status of such a problem.' }),
    description: z.string().meta({ description: 'When it occurs, and what its fields mean.' }),
  })
  .meta({ id: 'ProblemKind', description: 'A kind of problem.' });

export type ProblemKind = z.output<typeof problemKindSchema>;

export const describeProblem = (name: ProblemName): ProblemKind => ({ type: problemType(name), ...PROBLEMS[name] });

import { z } from 'zod';
import { ACT_ENDPOINTS, type ActEndpoint } from './act-endpoints';
import { REGION_PARAMETER } from './choices';
import type { Endpoint } from './endpoint';
import { ENDPOINTS } from './endpoints';
import answers from './examples.json';
import { describeAct, REGION_REFERENCE } from './openapi-acts';
import { operationOf } from './operations';
import { OTHER_ENDPOINTS, type OtherEndpoint } from './other-endpoints';
import { EXAMPLE_PROBLEM, problemSchema } from './problem';
import { describeFields, describeSchema } from './words/describe';

type Json = Record<string, unknown>;
type Reference = (schema: z.ZodType) => Json;

const COMPONENTS = '#/components/schemas/';

/** Answers of the simulated cloud, by the name of the endpoint; lists are cut. `npm run examples` takes them. */
const EXAMPLES: Record<string, unknown> = answers;

const TAGS = {
  promised: 'The three answers whose fields never change.',
  capacity: 'How full the region is.',
  hosts: 'Compute hosts and their VMs.',
  vms: 'VMs of all projects.',
  audits: 'Audits of OpenStack Watcher.',
  plans: 'Action plans: explanations, reviews, what if, promised and delivered.',
  acts: 'Starting and stopping plans, and the journal of that. Off unless ACTIONS is set.',
  operation: 'The server itself and its sources.',
  about: 'The API itself.',
  access: 'For the forms of the pages.',
};

/** For pages that are made of the document. */
const titleOf = (tag: string): string =>
  tag === 'vms' ? 'VMs' : tag === 'about' ? 'The API itself' : `${tag.charAt(0).toUpperCase()}${tag.slice(1)}`;

const DESCRIPTION = `How full an OpenStack region is, which hosts are hot, and what the plans of OpenStack Watcher would change. Acts are off unless the server is set up for them.

A server may show several regions, also of several clouds. \`/api/v1/regions/\` lists them; the parameter \`region\` of every endpoint names one by its id. Without it, the first one of the settings answers.

Every path works with and without a trailing slash. HEAD has the headers of GET. Every answer has an ETag; If-None-Match with any of its encodings is answered with 304. Sizes are in bytes, CPU in logical CPUs, loads in percent, times in ISO 8601. Unknown is null, with a reason beside it.

Errors are problem documents (RFC 9457); their \`type\` is stable. Unknown, repeated and misspelt parameters are refused with 400 on /api/v1/; the promised endpoints ignore parameters. Other methods are refused with 405 and \`Allow\`.

The promised endpoints do not change. In /api/v1/ fields are only added within a major version of the product; what is renamed or removed is listed in the changelog, and paths that have moved redirect (308) for at least half a year and one minor version.`;

/** Builds the OpenAPI 3.1 document from the contract's schemas in their wire format. @param basePath of the paths in it */
export function describeApi(version: string, basePath = ''): Json {
  const schemas: Record<string, Json> = {};
  /** Moves named schemas to the components and returns the schema, or a reference to it if it is named. */
  const reference: Reference = (schema) => {
    const { $defs, $schema, ...own } = z.toJSONSchema(schema, {
      io: 'input',
      target: 'draft-2020-12',
      reused: 'inline',
    }) as Json & { $defs?: Record<string, Json> };
    for (const [name, definition] of Object.entries($defs ?? {}))
      schemas[name] = describeSchema(name, relink(definition));
    return relink(own);
  };
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(ENDPOINTS))
    paths[endpoint.path] = { get: describeEndpoint(name, endpoint, reference) };
  for (const [name, endpoint] of Object.entries<ActEndpoint>(ACT_ENDPOINTS))
    paths[endpoint.path] = { post: describeAct(name, endpoint, { reference, shared, problemContent, pathParameters }) };
  for (const endpoint of OTHER_ENDPOINTS)
    paths[endpoint.path] = { [endpoint.method.toLowerCase()]: describeOther(endpoint, reference) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Watcher Visio',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      contact: { name: 'The operators of this server' },
      description: DESCRIPTION,
    },
    servers: [{ url: basePath || '/', description: 'This server.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description, 'x-displayName': titleOf(name) })),
    paths,
    components: {
      schemas,
      parameters: { Region: REGION },
      responses: describeProblems(reference),
      securitySchemes: SECURITY,
    },
    // The empty entry is for AUTH=none.
    security: [{ token: [] }, { session: [] }, {}],
  };
}

/** Of every endpoint that is about a region. */
const REGION = {
  name: REGION_PARAMETER,
  in: 'query',
  required: false,
  description: 'Id of the region, as in `/api/v1/regions/`. Default: the first one of the settings.',
  schema: { type: 'string' },
};

const SECURITY = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'One of API_TOKENS, or a Keystone token of a permitted user. Also accepted as X-Auth-Token.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'watcher-visio-session',
    description: 'Set when a user signs in; over HTTPS under the name `__Host-watcher-visio-session`.',
  },
};

/** Problems that are the same for every endpoint, by the name of their response. */
function describeProblems(reference: Reference): Json {
  const problem = (description: string, headers: Json = {}) => ({ description, headers, ...problemContent(reference) });
  return {
    BadRequest: problem('A malformed address, or a parameter that is missing, unknown, repeated or not allowed.'),
    NotAuthenticated: problem('Not authenticated.', {
      'WWW-Authenticate': header('string', 'How to authenticate.'),
    }),
    MethodNotAllowed: problem('For every other method.', {
      Allow: header('string', 'The methods that the endpoint has.'),
    }),
    NotAcceptable: problem('Accept-Encoding excludes br, gzip and identity.'),
    NoData: problem('A required source has no data left, or the first reading is not complete.', {
      'Retry-After': header('integer', 'Seconds to wait.'),
    }),
    Problem: problem('Any other problem.'),
  };
}

const problemContent = (reference: Reference): Json => ({
  content: { 'application/problem+json': { schema: reference(problemSchema), example: EXAMPLE_PROBLEM } },
});

const shared = (name: string): Json => ({ $ref: `#/components/responses/${name}` });

function describeEndpoint(name: string, endpoint: Endpoint, reference: Reference): Json {
  const { summary, description, tag, missing, quality, params, query, answer, files, csv } = endpoint;
  const isStrict = endpoint.tag !== 'promised';
  const content: Json = { 'application/json': { schema: reference(answer), example: EXAMPLES[name] } };
  for (const type of files) content[type] = { schema: { type: 'string', description: 'With `format` or Accept.' } };
  return {
    operationId: operationOf(name),
    summary,
    // Not among the responses: clients would have to tell text from data in every answer.
    description: csv === null ? description : `${description} ${csvSentence(csv)}`,
    tags: [tag],
    parameters: [...pathParameters(params), ...queryParameters(query, reference), REGION_REFERENCE],
    responses: {
      200: { description: 'Success.', headers: responseHeaders(endpoint), content },
      304: { description: 'Not modified: the ETag in If-None-Match is still current.' },
      ...(isStrict ? { 400: shared('BadRequest') } : {}),
      401: shared('NotAuthenticated'),
      ...(missing === null ? {} : { 404: { description: missing, ...problemContent(reference) } }),
      405: shared('MethodNotAllowed'),
      406: shared('NotAcceptable'),
      ...(quality ? { 503: shared('NoData') } : {}),
      default: shared('Problem'),
    },
  };
}

function describeOther(endpoint: OtherEndpoint, reference: Reference): Json {
  const { name, summary, description, tag, method, params, answer, contentType, open } = endpoint;
  const success = answer
    ? { [contentType]: { schema: describeFields(reference(answer), '') } }
    : { [contentType]: { schema: { type: 'string', description: 'Text.' } } };
  const done =
    method === 'GET' ? { 200: { description: 'Success.', content: success } } : { 303: { description: 'Redirects.' } };
  return {
    operationId: method === 'GET' ? operationOf(name) : name,
    summary,
    description,
    tags: [tag],
    parameters: pathParameters(params),
    ...(open ? { security: [{}] } : {}),
    responses: {
      ...done,
      ...(open ? {} : { 401: shared('NotAuthenticated') }),
      ...(Object.keys(params).length > 0
        ? { 404: { description: 'Nothing has this name.', ...problemContent(reference) } }
        : {}),
      405: shared('MethodNotAllowed'),
      ...(name === 'ready' ? { 503: shared('NoData') } : {}),
      default: shared('Problem'),
    },
  };
}

const csvSentence = (path: string): string =>
  `With \`Accept: text/csv\`, as at \`${path}\`, a file with every row that matches: without limit, offset and since.`;

const pathParameters = (params: Record<string, string>): Json[] =>
  Object.entries(params).map(([name, description]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
    ...(name in PATH_EXAMPLES ? { example: PATH_EXAMPLES[name] } : {}),
  }));

/** By the name of the parameter. */
const PATH_EXAMPLES: Record<string, string> = {
  name: 'cmp-r01-01',
  plan: 'newest',
  problem: 'not-found',
};

function queryParameters(query: z.ZodObject, reference: Reference): Json[] {
  // zod types what a JSON schema may hold more loosely.
  const { properties = {}, required = [] } = reference(query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema,
  }));
}

const header = (type: string, description: string): Json => ({ description, schema: { type } });

function responseHeaders({ quality, counted }: Endpoint): Json {
  return {
    ETag: header('string', 'Changes whenever the response changes, and differs for each encoding.'),
    ...(counted ? { 'X-Total-Count': header('integer', 'Total number of matching items.') } : {}),
    ...(quality
      ? {
          Age: header('integer', 'Age of the oldest reading in the response, in seconds.'),
          'X-Data-State': {
            description: 'fresh; stale: the last good data; partial: some numbers or lists are unknown.',
            schema: { enum: ['fresh', 'stale', 'partial'] },
          },
          'X-Data-Unknown': header('string', 'Names of the fields whose value is unknown, separated by spaces.'),
        }
      : {}),
  };
}

/** Rewrites zod's references to the place where OpenAPI keeps schemas. */
function relink<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', COMPONENTS));
}

import { z } from 'zod';
import { problemKindSchema } from './problem';

/** Addresses below /api/ that are not made from readings: about the API itself, health checks, metrics, sign-in. */

export type Method = 'GET' | 'POST';

export type OtherEndpoint = {
  /** Name of the operation in the OpenAPI document. */
  name: string;
  path: string;
  method: Method;
  summary: string;
  description: string;
  tag: 'about' | 'operation' | 'access';
  /** The schema of a JSON answer; absent if the answer is not JSON. */
  answer?: z.ZodType;
  contentType: string;
  /** Needs no access. */
  open: boolean;
  params: Record<string, string>;
};

const JSON_TYPE = 'application/json';

const indexSchema = z
  .object({
    name: z.string().meta({ description: 'Name of the product.' }),
    version: z.string().meta({ description: 'Version of the product.' }),
    openapi: z.string().meta({ description: 'Address of the OpenAPI document.' }),
    docs: z.string().meta({ description: 'Address of the page that shows it to people.' }),
    problems: z.string().meta({ description: 'Address of the list of problem types.' }),
    endpoints: z
      .array(
        z.object({
          path: z.string().meta({ description: 'Path, with parameters in braces.' }),
          method: z.enum(['GET', 'POST']).meta({ description: 'HTTP method. GET includes HEAD.' }),
          summary: z.string().meta({ description: 'What it answers.' }),
          parameters: z.array(z.string()).meta({ description: 'Names of the query parameters.' }),
          csv: z
            .string()
            .nullable()
            .meta({ description: 'Address of the same list as a file of CSV; null if there is none.' }),
        }),
      )
      .meta({ description: 'All endpoints.' }),
  })
  .meta({ id: 'ApiIndex', description: 'What the API consists of.' });

export type ApiIndex = z.output<typeof indexSchema>;

const problemKindsSchema = z
  .object({ problems: z.array(problemKindSchema).meta({ description: 'All types of problems.' }) })
  .meta({ id: 'ProblemKinds', description: 'Every type of problem that the API answers with.' });

const healthSchema = (status: string, description: string) =>
  z.object({
    status: z.literal(status).meta({ description }),
  });

const endpoint = (
  name: string,
  path: string,
  more: Pick<OtherEndpoint, 'tag' | 'summary' | 'description'> & Partial<OtherEndpoint>,
): OtherEndpoint => ({ name, path, method: 'GET', contentType: JSON_TYPE, open: false, params: {}, ...more });

export const OTHER_ENDPOINTS: OtherEndpoint[] = [
  endpoint('index', '/api/', {
    tag: 'about',
    summary: 'All endpoints.',
    description: 'With their parameters, and the addresses of the OpenAPI document and of the problem types.',
    answer: indexSchema,
  }),
  endpoint('openapi', '/api/openapi.json', {
    tag: 'about',
    summary: 'The API as an OpenAPI 3.1 document.',
    description: 'This document.',
    answer: z.record(z.string(), z.unknown()).meta({ description: 'An OpenAPI 3.1 document.' }),
  }),
  endpoint('problemTypes', '/api/problems/', {
    tag: 'about',
    summary: 'All types of problems.',
    description: 'Every error is a problem document (RFC 9457) of one of these types.',
    answer: problemKindsSchema,
  }),
  endpoint('problemType', '/api/problems/{problem}/', {
    tag: 'about',
    summary: 'A type of problem.',
    description: 'Its address is the `type` of such problems.',
    answer: problemKindSchema,
    params: { problem: 'Name of the problem type.' },
  }),
  endpoint('live', '/api/health/live/', {
    tag: 'operation',
    summary: 'Whether the process runs.',
    description: 'For orchestrators. Needs no access, and says nothing about the cloud.',
    answer: healthSchema('live', 'The process runs.').meta({ id: 'Live', description: 'The process runs.' }),
    open: true,
  }),
  endpoint('ready', '/api/health/ready/', {
    tag: 'operation',
    summary: 'Whether the server can answer.',
    description:
      'For orchestrators. The settings are valid. A service that fails does not make the server unready: it then shows what it knows and what fails.',
    answer: healthSchema('ready', 'The server can answer.').meta({
      id: 'Ready',
      description: 'The server can answer.',
    }),
    open: true,
  }),
  endpoint('metrics', '/api/metrics/', {
    tag: 'operation',
    summary: 'Metrics for Prometheus, about the cloud and about this server.',
    description: 'In the text format of Prometheus. What is unknown is absent, never 0.',
    contentType: 'text/plain',
  }),
  endpoint('signIn', '/api/sign-in/', {
    tag: 'access',
    summary: 'Signs a user in.',
    description: 'For the form of the sign-in page; programs send a token. Redirects (303) in every case.',
    method: 'POST',
    contentType: 'text/html',
    open: true,
  }),
  endpoint('signOut', '/api/sign-out/', {
    tag: 'access',
    summary: 'Signs a user out.',
    description: 'For the form in the page. Redirects (303) in every case.',
    method: 'POST',
    contentType: 'text/html',
    open: true,
  }),
];

import { z } from 'zod';
import { problemKindSchema } from './problem';

/** Addresses below /api/ that are not made from readings: about the API itself, health checks, metrics, sign-in. */

export type Method = 'GET' | 'POST';

export type OtherEndpoint = {
  path: string;
  method: Method;
  summary: string;
  description?: string;
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
    problems: z.string().meta({ description: 'Address of the list of problem types.' }),
    endpoints: z
      .array(
        z.object({
          path: z.string().meta({ description: 'Path, with parameters in braces.' }),
          method: z.enum(['GET', 'POST']).meta({ description: 'HTTP method. GET includes HEAD.' }),
          summary: z.string().meta({ description: 'What it answers.' }),
          parameters: z.array(z.string()).meta({ description: 'Names of the query parameters.' }),
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
  path: string,
  summary: string,
  more: Pick<OtherEndpoint, 'tag'> & Partial<OtherEndpoint>,
): OtherEndpoint => ({ path, summary, method: 'GET', contentType: JSON_TYPE, open: false, params: {}, ...more });

export const OTHER_ENDPOINTS: OtherEndpoint[] = [
  endpoint('/api/', 'All endpoints.', { tag: 'about', answer: indexSchema }),
  endpoint('/api/openapi.json', 'The API as an OpenAPI 3.1 document.', {
    tag: 'about',
    answer: z.record(z.string(), z.unknown()).meta({ description: 'An OpenAPI 3.1 document.' }),
  }),
  endpoint('/api/problems/', 'All types of problems.', { tag: 'about', answer: problemKindsSchema }),
  endpoint('/api/problems/{problem}/', 'A type of problem; its address is the `type` of such problems.', {
    tag: 'about',
    answer: problemKindSchema,
    params: { problem: 'Name of the problem type.' },
  }),
  endpoint('/api/health/live/', 'Whether the process runs.', {
    tag: 'operation',
    answer: healthSchema('live', 'The process runs.').meta({ id: 'Live', description: 'The process runs.' }),
    open: true,
  }),
  endpoint('/api/health/ready/', 'Whether the server can answer.', {
    tag: 'operation',
    description:
      'Ready means that the settings are valid. A service that fails does not make the server unready: it then shows what it knows and what fails.',
    answer: healthSchema('ready', 'The server can answer.').meta({
      id: 'Ready',
      description: 'The server can answer.',
    }),
    open: true,
  }),
  endpoint('/api/metrics/', 'Metrics for Prometheus, about the cloud and about this server.', {
    tag: 'operation',
    contentType: 'text/plain',
  }),
  endpoint('/api/sign-in/', 'Signs a user in. For the form of the sign-in page.', {
    tag: 'access',
    method: 'POST',
    contentType: 'text/html',
    open: true,
  }),
  endpoint('/api/sign-out/', 'Signs a user out. For the form in the page.', {
    tag: 'access',
    method: 'POST',
    contentType: 'text/html',
    open: true,
  }),
];

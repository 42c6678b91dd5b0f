import type { z } from 'zod';
import type { ActEndpoint, ActEndpointName } from './act-endpoints';
import { EXAMPLE_BODIES } from './act-examples';
import answers from './examples.json';
import { describeFields } from './words/describe';

type Json = Record<string, unknown>;
type Reference = (schema: z.ZodType) => Json;

/** What the document is written with. */
type Tools = {
  reference: Reference;
  shared(name: string): Json;
  problemContent(reference: Reference): Json;
  pathParameters(params: Record<string, string>): Json[];
};

/** Every endpoint that is about a region has it. */
export const REGION_REFERENCE = { $ref: '#/components/parameters/Region' };

const KEY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'New for each act. The same key and body give the same outcome for 24 hours; another body is refused (422).',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,128}$' },
};

/** An act in the OpenAPI document. */
export function describeAct(
  name: string,
  { summary, description, params, body, answer, isAct }: ActEndpoint,
  { reference, shared, problemContent, pathParameters }: Tools,
): Json {
  const refused = (what: string) => ({ description: what, ...problemContent(reference) });
  return {
    operationId: name,
    summary,
    description,
    tags: ['acts'],
    parameters: [...pathParameters(params), ...(isAct ? [KEY_PARAMETER] : []), REGION_REFERENCE],
    requestBody: {
      required: true,
      content: {
        // The document has an operation for each act.
        'application/json': {
          schema: describeFields(reference(body), ''),
          example: EXAMPLE_BODIES[name as ActEndpointName],
        },
      },
    },
    responses: {
      200: {
        description: 'Done.',
        content: {
          'application/json': { schema: reference(answer), example: isAct ? answers.act : answers.permission },
        },
      },
      400: shared('BadRequest'),
      401: shared('NotAuthenticated'),
      403: refused('The visitor may not act, or has to give the password again.'),
      ...(isAct
        ? {
            409: refused('Refused: nothing was changed.'),
            422: refused('The Idempotency-Key came with another request before.'),
            502: refused('Part of it was done.'),
            504: refused('Nobody can tell yet whether it was done.'),
          }
        : {}),
      405: shared('MethodNotAllowed'),
      default: shared('Problem'),
    },
  };
}

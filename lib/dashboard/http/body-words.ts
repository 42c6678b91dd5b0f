import 'server-only';
import type { z } from 'zod';

/** What is wrong with the body of a request, for people who got it wrong. */

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** In a sentence. @param json the body as it came */
export function describeBodyIssue(issue: z.core.$ZodIssue, { shape }: z.ZodObject, json: unknown): string {
  const field = issue.path.map(String).join('.');
  // A rule of our own has its own sentence.
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'unrecognized_keys') {
    const where = field === '' ? 'The body' : `The field ${field}`;
    const unknown = issue.keys.map((key) => JSON.stringify(key)).join(', ');
    const known = field === '' ? ` Its fields are ${Object.keys(shape).join(', ')}.` : '';
    return `${where} has no field ${unknown}.${known}`;
  }
  if (field === '') return 'The body must be a JSON object.';
  if (valueAt(json, issue.path) === undefined) return `The field ${field} is required.`;
  return `The field ${field} ${wants(issue)}.`;
}

/** Numbers are that large, texts and lists that long. */
const sized = (origin: string) => (origin === 'number' || origin === 'int' ? 'be' : 'have a length of');

function wants(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must ${sized(issue.origin)} at least ${issue.minimum}`;
    case 'too_big':
      return `must ${sized(issue.origin)} at most ${issue.maximum}`;
    default:
      return 'has a value that is not allowed';
  }
}

function valueAt(json: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    json,
  );
}

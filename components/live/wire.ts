import { OPEN_FIELDS, TIME_FIELDS } from '@/lib/contract/choices';

/**
 * An answer of the typed API as the server's views have it: times as milliseconds since the epoch. The schemas could do this,
 * but they would bring zod to every browser; a test compares both for each endpoint.
 */
export function decodeAnswer(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(decodeAnswer);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, decodeField(name, value)]));
}

function decodeField(name: string, value: unknown): unknown {
  if (OPEN_FIELDS.has(name)) return value;
  return TIME_FIELDS.has(name) && typeof value === 'string' ? Date.parse(value) : decodeAnswer(value);
}

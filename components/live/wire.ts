/** Times travel as ISO 8601 text and are milliseconds since the epoch inside; fields of these names hold one. */
const TIME = /^(at|.*_at|as_of|since|from|until)$/;
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What an audit was given by its author: names and values in it are nobody's contract. */
const FOREIGN = new Set(['parameters', 'scope_document', 'by_status']);

/**
 * An answer of the typed API in the form that views have, made in place: most of it stays as it came, and it may hold
 * thousands of hosts. The schemas could do this too, but they would bring zod to every browser; a test compares both for
 * each endpoint.
 */
export function decodeAnswer(answer: unknown): unknown {
  if (Array.isArray(answer)) {
    for (const item of answer) decodeAnswer(item);
  } else if (typeof answer === 'object' && answer !== null) {
    for (const [key, value] of Object.entries(answer)) {
      if (typeof value === 'string') {
        if (TIME.test(key) && ISO.test(value)) Reflect.set(answer, key, Date.parse(value));
      } else if (!FOREIGN.has(key)) decodeAnswer(value);
    }
  }
  return answer;
}

/** Times travel as ISO 8601 text and are milliseconds since the epoch inside; fields of these names hold one. */
const TIME = /^(at|.*_at|as_of|since|from|until)$/;
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What an audit was given by its author: names and values in it are nobody's contract. */
const FOREIGN = new Set(['parameters', 'scope_document', 'by_status']);

/**
 * An answer of the typed API in the form that views have. The schemas could do this too, but they would bring zod to
 * every browser; a test compares both for each endpoint.
 */
export function decodeAnswer(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(decodeAnswer);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      if (FOREIGN.has(key)) return [key, value];
      return [
        key,
        TIME.test(key) && typeof value === 'string' && ISO.test(value) ? Date.parse(value) : decodeAnswer(value),
      ];
    }),
  );
}

import 'server-only';

/**
 * What a header such as Accept lists, in its order, and how much each is liked: 1 at most, 0 for not at all
 * (RFC 9110, 12.4.2).
 */
export function weightsOf(accepted: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    if (name === '') continue;
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter))?.split('=')[1];
    const weight = q === undefined ? 1 : Number(q);
    weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  return weights;
}

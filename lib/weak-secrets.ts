import { passwordIn } from './url-credentials';

/** Secrets that others can guess or know already. Reasons never show the value. */

const FEWEST_CHARACTERS = 10;
/** Different distances between neighbours; `abc…xyz0123` and its like have two or three. */
const FEWEST_STEPS = 6;

/** What placeholders say once everything but letters and digits is gone. */
const PLACEHOLDERS =
  /chang(?:e|ing)(?:me|this|it|now)|(?:replace|fill|insert)(?:me|this|with|here|your)|placeholder|putyour|your(?:own)?(?:secret|token|password|key)/;

/** Digits and signs that are written for letters. */
const LETTERS = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
]);

/** Whether a secret is a placeholder such as `change me`, in any spelling. */
function isPlaceholder(secret: string): boolean {
  const plain = secret.normalize('NFKD').toLowerCase();
  const asLetters = [...plain].map((sign) => LETTERS.get(sign) ?? sign).join('');
  return [plain, asLetters].some((text) => PLACEHOLDERS.test(text.replace(/[^a-z\d]/g, '')));
}

const HOW_TO_MAKE_ONE = 'openssl rand -base64 32 makes one';

function countSteps(secret: string): number {
  const codes = [...secret].map((sign) => sign.codePointAt(0) ?? 0);
  return new Set(codes.slice(1).map((code, before) => code - (codes[before] ?? 0))).size;
}

/**
 * Why a secret that this server decides by itself is too weak; null if it is not. Its length is checked elsewhere.
 *
 * @returns what follows the setting's name
 */
export function weaknessOf(secret: string): string | null {
  if (isPlaceholder(secret)) return `still has a placeholder from an example; ${HOW_TO_MAKE_ONE}`;
  if (new Set(secret).size < FEWEST_CHARACTERS)
    return `must have at least ${FEWEST_CHARACTERS} different characters; ${HOW_TO_MAKE_ONE}`;
  if (countSteps(secret) < FEWEST_STEPS) return `must not be a row of neighbouring characters; ${HOW_TO_MAKE_ONE}`;
  return null;
}

/** Settings that are addresses, with the password of .env.example. */
const ADDRESSES = ['CACHE_URL', 'DATABASE_URL'];
const PUBLISHED_PASSWORD = 'password';

/** One sentence for each secret for another service that is still a placeholder. Only that service knows if others are weak. */
export function listPlaceholders(set: Record<string, string | undefined>, names: readonly string[]): string[] {
  const isPublished = (address: string | undefined) =>
    passwordIn(address ?? '').some((password) => password === PUBLISHED_PASSWORD || isPlaceholder(password));
  return [
    ...names
      .filter((name) => !ADDRESSES.includes(name) && isPlaceholder(set[name] ?? ''))
      .map((name) => `${name} still has a placeholder from an example`),
    ...ADDRESSES.filter((name) => isPublished(set[name])).map((name) => `${name} still has a password from an example`),
  ];
}

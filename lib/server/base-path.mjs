/** BASE_PATH at the build. Plain JavaScript: next.config.mjs and lib/cli/build.mjs use it uncompiled. */

/** Letters, digits and a few signs, so that it is the same in addresses, cookies and patterns. */
const BASE_PATH = /^(?:\/[\w~-][\w.~-]*)*$/;

/** @throws Error with a sentence */
export function checkBasePath(given = '') {
  if (BASE_PATH.test(given)) return given;
  throw new Error('BASE_PATH must begin with a slash and not end with one, as in /visio.');
}

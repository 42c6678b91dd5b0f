import 'server-only';
import { readFileSync } from 'node:fs';

/** The text of a file that a setting points to, which the bundler must not trace; undefined if it can't be read. */
export function readAdminFile(path: string): string | undefined {
  try {
    return readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch {
    return undefined;
  }
}

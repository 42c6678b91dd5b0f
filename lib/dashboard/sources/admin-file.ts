import 'server-only';
import { readFileSync } from 'node:fs';

/** The text of a file that a setting names: the admin's, anywhere on the machine, no part of the build. undefined where it can't be read. */
export function readAdminFile(path: string): string | undefined {
  try {
    return readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch {
    return undefined;
  }
}

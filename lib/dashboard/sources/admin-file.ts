import 'server-only';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { processWide } from '@/lib/process-wide';

/** The folder in which the server was started, which production.mjs notes before Next's server leaves it. */
export const startedIn = (): string => processWide('started-in', () => process.cwd());

/**
 * The text of a file that a setting or clouds.yaml points to, which the bundler must not trace; undefined if it can't be read.
 * A relative path begins where the server was started.
 */
export function readAdminFile(path: string): string | undefined {
  try {
    return readFileSync(/* turbopackIgnore: true */ resolve(startedIn(), path), 'utf8');
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';

/** Settings that can also be read from the file named by the variable with the suffix _FILE. */
export const SECRETS = [
  'OS_PASSWORD',
  'OS_APPLICATION_CREDENTIAL_SECRET',
  'OS_TOKEN',
  'PROMETHEUS_PASSWORD',
  'PROMETHEUS_TOKEN',
  'AUTH_SECRET',
  'API_TOKENS',
  'CACHE_URL',
  'DATABASE_URL',
  'VISIO_TOKEN',
] as const;

/** Each file is read once, so that secrets, like other settings, are those at startup. */
const secretFiles = new Map<string, string>();

function readSecretFile(path: string): string {
  // The path is a setting, so the bundler must not try to trace it.
  const known = secretFiles.get(path) ?? readFileSync(/* turbopackIgnore: true */ path, 'utf8').replace(/\r?\n$/, '');
  secretFiles.set(path, known);
  return known;
}

/** Fills in the secrets that the *_FILE variables point to. Returns a list of problems. */
export function resolveSecrets(set: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = set[`${name}_FILE`];
    if (path === undefined) continue;
    if (set[name] !== undefined) {
      problems.push(`${name}_FILE and ${name} are both set; set only one of them`);
      continue;
    }
    try {
      const secret = readSecretFile(path.trim());
      if (secret === '') problems.push(`${name}_FILE points to an empty file`);
      else set[name] = secret;
    } catch {
      problems.push(`${name}_FILE points to a file that can't be read`);
    }
  }
  return problems;
}

import { readFileSync } from 'node:fs';

/** Settings that may also come from a file, named by the same variable with _FILE behind it. */
export const SECRETS = [
  'OS_PASSWORD',
  'OS_APPLICATION_CREDENTIAL_SECRET',
  'OS_TOKEN',
  'PROMETHEUS_PASSWORD',
  'PROMETHEUS_TOKEN',
  'AUTH_SECRET',
  'API_TOKENS',
  'CACHE_URL',
] as const;

/** Each file is read once: like the variables, secrets are those of the start. */
const secretFiles = new Map<string, string>();

function readSecretFile(path: string): string {
  // The files are the admin's, anywhere on the machine; none of them is part of the build.
  const known = secretFiles.get(path) ?? readFileSync(/* turbopackIgnore: true */ path, 'utf8').replace(/\r?\n$/, '');
  secretFiles.set(path, known);
  return known;
}

/** Puts what the *_FILE variables name in the place of their secrets; gives what is wrong with them. */
export function resolveSecrets(set: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = set[`${name}_FILE`];
    if (path === undefined) continue;
    if (set[name] !== undefined) {
      problems.push(`${name}_FILE and ${name} are both set; one of them is enough`);
      continue;
    }
    try {
      const secret = readSecretFile(path.trim());
      if (secret === '') problems.push(`${name}_FILE names a file that is empty`);
      else set[name] = secret;
    } catch {
      problems.push(`${name}_FILE names a file that can't be read`);
    }
  }
  return problems;
}

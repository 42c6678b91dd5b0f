import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { EnvError, envSchema, forgetEnv, proxiesOf, withLowerCase } from '@/lib/env';
import type { Proxies } from '@/lib/proxies';
import { resolveSecrets } from '@/lib/secret-files';

/** Where the command line asks, and with which settings. */

const CLIENT = envSchema.pick({
  VISIO_URL: true,
  VISIO_TOKEN: true,
  VISIO_TOKEN_FILE: true,
  VISIO_CACERT: true,
  HTTPS_PROXY: true,
  HTTP_PROXY: true,
  ALL_PROXY: true,
  NO_PROXY: true,
});

/** A running instance. `ca`: PEM text. */
export type Instance = { url: string; token: string | null; ca: string | null; proxies: Proxies | null };

/**
 * The instance to ask, or null if the cloud is to be read directly. Other settings may be wrong.
 *
 * @param given options of the command line, which win over settings
 * @throws EnvError
 */
export function readInstance(given: { url?: string; tokenFile?: string }): Instance | null {
  const { url, token, caFile, proxies } = readClient(given);
  if (url === undefined) return null;
  return {
    url: url.replace(/\/+$/, ''),
    token: token ?? null,
    ca: caFile === undefined ? null : readCa(caFile),
    proxies,
  };
}

function readClient({ url, tokenFile }: { url?: string; tokenFile?: string }) {
  const variables = withLowerCase(process.env);
  const options = {
    ...(url === undefined ? {} : { VISIO_URL: url }),
    ...(tokenFile === undefined ? {} : { VISIO_TOKEN: undefined, VISIO_TOKEN_FILE: tokenFile }),
  };
  const wanted = Object.entries<string | undefined>({ ...variables, ...options });
  const set = Object.fromEntries(
    wanted.filter(([name, value]) => Object.hasOwn(CLIENT.shape, name) && value !== undefined && value !== ''),
  );
  const problems = resolveSecrets(set);
  const parsed = CLIENT.safeParse(set);
  problems.push(...problemsOf(parsed.error));
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  const { VISIO_URL, VISIO_TOKEN, VISIO_CACERT } = parsed.data;
  return { url: VISIO_URL, token: VISIO_TOKEN, caFile: VISIO_CACERT, proxies: proxiesOf(parsed.data) };
}

const problemsOf = (error: z.ZodError | undefined): string[] =>
  (error?.issues ?? []).map(({ path, message }) => `${path.map(String).join('.')} ${message}`);

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new EnvError(["VISIO_CACERT points to a file that can't be read"]);
  }
}

/** Replaces settings of this process before the first one is read. An empty one counts as not set. */
export function replaceSettings(variables: Record<string, string>): void {
  Object.assign(process.env, variables);
  forgetEnv();
}

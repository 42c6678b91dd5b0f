import { type Env, EnvError, parseEnv, settingsOfProcess } from './env';
import { isRecord } from './is-record';

/** Settings that one region has of its own: where its metrics are and what they are called, and addresses of services. */

/** What may differ between regions. Accounts, certificates and regions themselves are in clouds.yaml. */
const OWN = /^(?:PROMETHEUS_\w+|METRICS_\w+|OS_\w+_ENDPOINT_OVERRIDE|WATCHER_(?:ENDPOINT|INTERFACE)_NAME)$/;

/**
 * The settings of a region: those of this process, and over them its own.
 *
 * @param own as in the file, by name; numbers and booleans may be written as such
 * @param where what to call it in an error, such as "REGIONS_FILE, cloud/RegionOne"
 * @throws EnvError
 */
export function settingsOfRegion(own: unknown, where: string): Env {
  if (!isRecord(own)) throw new EnvError([`${where} must be a mapping of settings`]);
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (!OWN.test(name)) problems.push(`${where}: ${name} can’t differ between regions`);
    else if (value === null) values[name] = '';
    else if (['string', 'number', 'boolean'].includes(typeof value)) values[name] = String(value);
    else problems.push(`${where}: ${name} must be text or a number`);
  }
  if (problems.length > 0) throw new EnvError(problems);
  try {
    return parseEnv({ ...withoutRivals(settingsOfProcess(), values), ...values });
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw new EnvError(error.problems.map((problem) => `${where}: ${problem}`));
  }
}

/** How to sign in to Prometheus is one decision: a region that makes it makes all of it. */
const SIGN_IN = /^PROMETHEUS_(?:AUTH|USERNAME|PASSWORD(?:_FILE)?|TOKEN(?:_FILE)?)$/;

function withoutRivals(all: Record<string, string | undefined>, own: Record<string, string>) {
  if (!Object.keys(own).some((name) => SIGN_IN.test(name))) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !SIGN_IN.test(name)));
}

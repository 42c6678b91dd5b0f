import { SourceError } from '../errors';
import { isRecord } from '../is-record';

/** Reads values from clouds.yaml, where anything can be absent or have an unexpected type. */

export type Config = Record<string, unknown>;

/** The keys of one cloud, from a file or from variables. Those of `auth` are among them. */
export type CloudKeys = {
  values: Config;
  /** Where a key is: "/etc/openstack/clouds.yaml, line 7"; null if it is not in a file. */
  where(key: string): string | null;
  /** Where the cloud itself is, if it is in a file. */
  cloud: { name: string; where: string } | null;
};

/** An error about an unusable setting. The message names the variable or key, never its value. */
export const wrong = (message: string): SourceError => new SourceError('keystone', 'config', message);

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const record = (value: unknown): Config => (isRecord(value) ? value : {});

/** A text; undefined if the key is absent or empty. @throws SourceError for a yes or no, a list or a mapping */
export function textOf(keys: CloudKeys, key: string): string | undefined {
  const value = keys.values[key];
  if (value === undefined || value === null || typeof value === 'string') return text(value);
  const fix = typeof value === 'boolean' ? ': put it in quotes' : '';
  throw wrong(`${nameKey(keys, key)} must be text${fix}.`);
}

/** The key as the subject of a sentence, with its place. */
export function nameKey(keys: CloudKeys, key: string): string {
  const where = keys.where(key);
  return where === null ? `${key} (OS_${key.toUpperCase()})` : `${key} in ${where},`;
}

/** An error about a key that the cloud lacks. */
export function missing(keys: CloudKeys, key: string, why = ''): SourceError {
  const where = keys.cloud === null ? '' : ` in the cloud ${keys.cloud.name} (${keys.cloud.where})`;
  return wrong(`${key} (OS_${key.toUpperCase()}) is missing${where}${why === '' ? '' : `: ${why}`}.`);
}

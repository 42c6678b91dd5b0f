import { SourceError } from '../errors';
import { isRecord } from '../is-record';

/** Reads values from clouds.yaml, where anything can be absent or have an unexpected type. */

export type Config = Record<string, unknown>;

/** An error about an unusable setting. The message names the variable or key, never its value. */
export const wrong = (message: string): SourceError => new SourceError('keystone', 'config', message);

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const record = (value: unknown): Config => (isRecord(value) ? value : {});

import { SourceError } from '../errors';
import { isRecord } from '../is-record';

/** Reading of what people write into clouds.yaml: anything may be absent, or of another type than expected. */

export type Config = Record<string, unknown>;

/** A setting that can't be used. The sentence names the variable or key, never its value. */
export const wrong = (message: string): SourceError => new SourceError('keystone', 'config', message);

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const record = (value: unknown): Config => (isRecord(value) ? value : {});

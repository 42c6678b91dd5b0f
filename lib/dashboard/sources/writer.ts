import 'server-only';
import type { Writer } from '@/lib/openstack/writes/writer';
import type { RegionId } from '../process/region';
import { openRegion } from './sources';

/**
 * What changes the cloud of a region; null if acts are off. Only acts may have it.
 *
 * @throws SourceError or EnvError if nothing is configured
 */
export const openWriterOf = async (region: RegionId): Promise<Writer | null> => (await openRegion(region)).writer;

import 'server-only';
import type { Doctor } from '@/lib/contract/v1/doctor';
import { diagnose, diagnoseSettings } from '@/lib/domain/doctor/diagnose';
import { EnvError, readEnv } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { examine } from '@/lib/readings/examination';
import { openSources } from '../sources/sources';

/** Looks at every link of the chain, now. Never rejects for what a source does or for settings that can't be used. */
export async function runDoctor(): Promise<Doctor> {
  try {
    const env = readEnv();
    const { session, load } = await openSources(env);
    const examination = await examine(session, load, Date.now);
    const names = { hostLabels: load.settings.hostLabels, hostAliases: env.METRICS_HOST_ALIASES };
    return diagnose(examination, names, Date.now());
  } catch (error) {
    if (error instanceof EnvError) return diagnoseSettings(error.problems, Date.now());
    if (error instanceof SourceError) return diagnoseSettings([error.message], Date.now());
    throw error;
  }
}

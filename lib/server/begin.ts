import { EnvError, readEnv } from '@/lib/env';

/** EX_CONFIG of sysexits.h: something was found in an unconfigured or misconfigured state. */
const EX_CONFIG = 78;

/** Checks the settings before the first request, so that a wrong one stops the start and not a visitor. */
export async function begin(): Promise<void> {
  try {
    readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(EX_CONFIG);
  }
}

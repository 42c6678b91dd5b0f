import { EnvError, parseEnv } from '@/lib/env';

/** What is wrong with the settings, one line each. */
export const problemsOf = (variables: Record<string, string>): string[] => {
  try {
    parseEnv(variables);
    return [];
  } catch (error) {
    return error instanceof EnvError ? error.problems : [String(error)];
  }
};

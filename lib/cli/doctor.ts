import type { Command } from './command';
import { printChecks } from './doctor-text';

/** The chain from credentials to a useful plan. */
export const doctor: Command = {
  usage: 'doctor',
  summary: 'check the chain from credentials to a useful plan',
  options: [],
  codes: {
    ok: 'nothing is wrong',
    warning: 'a check has a warning',
    critical: 'a link is broken, or the settings are wrong',
    unknown: 'the instance does not answer',
  },
  async run(ask, { colours }) {
    const { text, data } = await ask('doctor');
    const { ok, warning, error, skipped } = data.summary;
    return {
      status: error > 0 ? 'critical' : warning > 0 ? 'warning' : 'ok',
      summary: `${ok} ok, ${warning} with a warning, ${error} broken, ${skipped} skipped`,
      lines: printChecks(data, { colours }),
      json: text,
    };
  },
};

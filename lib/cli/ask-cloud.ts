import { z } from 'zod';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';
import { runDoctor } from '@/lib/dashboard/collect/examination';
import { DEFAULT_REGION } from '@/lib/dashboard/process/region';
import type { Send, Sent } from './ask';
import { replaceSettings } from './settings';

/** Answers in this process, from the cloud of the settings, without a server. */

/** Nothing but the table is printed. */
const QUIET = { LOG_LEVEL: 'silent' };

/** Whoever can read the settings can read the cloud. Nothing is changed, kept or shared with a server. */
const ALONE = {
  ...QUIET,
  AUTH: 'none',
  ACTIONS: 'off',
  API_TOKENS: '',
  API_TOKENS_FILE: '',
  DATA_DIR: '',
  DATABASE_URL: '',
  DATABASE_URL_FILE: '',
  CACHE_URL: '',
  CACHE_URL_FILE: '',
};

export const askCloud = (): Send => async (path, endpoint, params) => {
  if (endpoint === 'doctor') return examine();
  replaceSettings(ALONE);
  const response = await ANSWERS[endpoint](new Request(`http://localhost${path}`), { params: Promise.resolve(params) });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** The settings are those of the server, and it is a finding if they are wrong. */
async function examine(): Promise<Sent> {
  replaceSettings(QUIET);
  const doctor = await runDoctor(DEFAULT_REGION);
  return { status: 200, headers: new Headers(), text: JSON.stringify(z.encode(ENDPOINTS.doctor.answer, doctor)) };
}

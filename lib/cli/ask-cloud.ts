import { z } from 'zod';
import { REGION_PARAMETER } from '@/lib/contract/choices';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import type { Doctor } from '@/lib/contract/v1/doctor';
import { ANSWERS } from '@/lib/dashboard/answers';
import { findSettings, runDoctor } from '@/lib/dashboard/collect/examination';
import { defaultRegion, findRegion } from '@/lib/dashboard/sources/regions';
import { NoAnswer, type Send, type Sent } from './ask';
import { replaceSettings } from './settings';

/** Answers in this process, from the cloud of the settings, without a server. */

/** Nothing but the table is printed. */
const QUIET = { LOG_LEVEL: 'silent' };

/** The account is that of the settings, which the person can read. Nothing is changed, kept or shared with a server. */
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
  if (endpoint === 'doctor') return examine(new URL(path, 'http://localhost').searchParams.get(REGION_PARAMETER));
  replaceSettings(ALONE);
  const response = await ANSWERS[endpoint](new Request(`http://localhost${path}`), { params: Promise.resolve(params) });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** The settings are those of the server, and it is a finding if they are wrong. */
async function examine(wanted: string | null): Promise<Sent> {
  replaceSettings(QUIET);
  const doctor = await examineRegion(wanted).catch(findSettings);
  return { status: 200, headers: new Headers(), text: JSON.stringify(z.encode(ENDPOINTS.doctor.answer, doctor)) };
}

/** @throws EnvError, since settings say which regions there are */
async function examineRegion(wanted: string | null): Promise<Doctor> {
  const region = wanted === null ? defaultRegion() : findRegion(wanted);
  if (region === null) throw new NoAnswer(`The settings name no region ${wanted}.`);
  return runDoctor(region.id);
}

import 'server-only';
import { homedir } from 'node:os';
import { type Env, EnvError, readEnv } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { parseCloudFile } from '@/lib/openstack/cloud-yaml';
import { type CloudRegion, listCloudRegions } from '@/lib/openstack/clouds';
import { processWide } from '@/lib/process-wide';
import { settingsOfRegion } from '@/lib/region-settings';
import { hideFromLog } from '../process/log';
import { type RegionId, regionIdOf } from '../process/region';
import { readAdminFile, startedIn } from './admin-file';

/** The regions that this process shows, each with its settings. */

export type Region = {
  id: RegionId;
  /** As clouds.yaml names it; `envvars` for the OS_* variables. */
  cloud: string;
  /** null if the settings don't name it: then it is the only one of its cloud. */
  name: string | null;
  /** Shortest name that no other region here has. */
  label: string;
};

/** Fails for a user without an entry in passwd, such as one that systemd or a container engine makes up. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

/** What loadCloud needs to find files of an admin. */
export const cloudFiles = (env: Env) => ({
  read: readAdminFile,
  home: homeFolder(),
  cwd: startedIn(),
  configHome: env.XDG_CONFIG_HOME,
});

const known = () => processWide('regions', () => new WeakMap<Env, Region[]>());

/** At least one; the first is the default. With files that can't be read it is the only one, and opening it says why. */
export function listRegions(): Region[] {
  const env = readEnv();
  const found = known().get(env);
  if (found) return found;
  try {
    const regions = withLabels(env.USE_MOCK_DATA ? simulatedRegions(env) : listCloudRegions(env, cloudFiles(env)));
    known().set(env, regions);
    return regions;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    // Not kept: the next call tries again.
    return withLabels([{ cloud: env.OS_CLOUD ?? 'unknown', region: env.OS_REGION_NAME ?? null }]);
  }
}

const NUMBERS = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

const simulatedRegions = ({ MOCK_REGIONS: count }: Env): CloudRegion[] =>
  Array.from({ length: count }, (_, i) => ({ cloud: 'simulated', region: `Region${NUMBERS[i] ?? i + 1}` }));

const withLabels = (all: CloudRegion[]): Region[] =>
  all.map(({ cloud, region }) => {
    const id = regionIdOf(cloud, region);
    const name = region ?? cloud;
    const isUnique = all.filter((other) => (other.region ?? other.cloud) === name).length === 1;
    return { id, cloud, name: region, label: isUnique ? name : id };
  });

export const listRegionIds = (): RegionId[] => listRegions().map(({ id }) => id);

/** The region that answers where none is named, and whose cloud signs people in. */
export const defaultRegion = (): Region => {
  const [first] = listRegions();
  if (first === undefined) throw new Error('there is no region');
  return first;
};

export const findRegion = (id: string): Region | null => listRegions().find((region) => region.id === id) ?? null;

/** @throws Error for an id that did not come from here */
export function regionOf(id: RegionId): Region {
  const region = findRegion(id);
  if (region === null) throw new Error('there is no such region');
  return region;
}

/** The region that a cloud's Keystone is asked through. */
export const firstRegionOf = (cloud: string): Region =>
  listRegions().find((region) => region.cloud === cloud) ?? defaultRegion();

/** Whether people sign in with the Keystone of this region. */
export const signsPeopleIn = (id: RegionId): boolean => regionOf(id).cloud === defaultRegion().cloud;

/** The settings that hold in a region. @throws EnvError for those that are wrong in REGIONS_FILE */
export function settingsFor(region: Region): Env {
  const env = readEnv();
  const own = ownSettings(env)[region.id];
  if (own === undefined) return env;
  const settings = settingsOfRegion(own, `REGIONS_FILE, ${region.id}`);
  hideFromLog(settings);
  return settings;
}

/** Regions in REGIONS_FILE that the settings don't name: most likely misspelt. @throws EnvError */
export const unknownRegionsInFile = (): string[] =>
  Object.keys(ownSettings(readEnv())).filter((id) => findRegion(id) === null);

const ownOf = () => processWide('own-settings', () => new WeakMap<Env, Record<string, unknown>>());

/** By the id of the region, read once. @throws EnvError */
function ownSettings(env: Env): Record<string, unknown> {
  const known = ownOf().get(env);
  if (known) return known;
  const own = readOwnSettings(env);
  ownOf().set(env, own);
  return own;
}

function readOwnSettings({ REGIONS_FILE: path }: Env): Record<string, unknown> {
  if (path === undefined) return {};
  const text = readAdminFile(path);
  if (text === undefined) throw new EnvError(['REGIONS_FILE can’t be read']);
  try {
    return parseCloudFile(path, text, 'cloud/region:').content;
  } catch (error) {
    throw error instanceof SourceError ? new EnvError([error.message]) : error;
  }
}

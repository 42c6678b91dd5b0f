import { isRecord } from '../is-record';
import { withUnderscores } from './cloud-yaml';
import { type Config, record, text, wrong } from './config-values';

type Region = { name: string; values: Config; at: (string | number)[] | null };

type Given = {
  /** The cloud's own keys. */
  own: Config;
  profile: Config;
  cloud: { name: string; where: string };
};

/**
 * The names of the regions that a cloud is used in: its own region_name, which may be several, or else its own `regions`; none
 * if it names none, since those of a profile are all that a provider has.
 *
 * @throws SourceError of kind `config` for entries that mean nothing
 */
export function listRegionNames({ own, cloud }: Given): string[] {
  return namesOf(own.region_name) ?? regionsOf(own, cloud)?.map(({ name }) => name) ?? [];
}

/**
 * The region of a cloud and the keys that it has of its own, which win over the cloud's: OS_REGION_NAME, or else region_name,
 * or else the first of `regions`. `at`: the path to these keys.
 *
 * @throws SourceError of kind `config` for a region that `regions` does not list
 */
export function chooseRegion(
  { own, profile, cloud }: Given,
  wanted: string | undefined,
): {
  region: string | null;
  values: Config;
  at: Region['at'];
} {
  const regions = regionsOf(own, cloud) ?? regionsOf({ regions: profile.regions }, cloud) ?? [];
  const named = namesOf(own.region_name) ?? namesOf(profile.region_name) ?? [];
  if (regions.length === 0) return { region: wanted ?? named[0] ?? null, values: {}, at: null };
  const preferred = wanted ?? named.find((name) => regions.some((region) => region.name === name));
  const chosen = preferred === undefined ? regions[0] : regions.find(({ name }) => name === preferred);
  if (chosen) return { region: chosen.name, values: chosen.values, at: chosen.at };
  const names = regions.map(({ name }) => name).join(', ');
  throw wrong(`OS_REGION_NAME is none of the regions of the cloud ${cloud.name} (${cloud.where}): ${names}.`);
}

/** A name, several separated by commas, or a list of names. */
function namesOf(value: unknown): string[] | undefined {
  const names = (Array.isArray(value) ? value : (text(value)?.split(',') ?? [])).flatMap((name: unknown) => {
    const found = text(name)?.trim();
    return found ? [found] : [];
  });
  return names.length === 0 ? undefined : names;
}

/** Names, or mappings of a name and values. */
function regionsOf({ regions }: Config, cloud: Given['cloud']): Region[] | undefined {
  if (regions === undefined || regions === null) return undefined;
  const entries: unknown[] = Array.isArray(regions) ? regions : [regions];
  return entries.map((entry, i): Region => {
    const name = text(entry) ?? text(record(entry).name);
    const extra = isRecord(entry) ? Object.keys(entry).filter((key) => key !== 'name' && key !== 'values') : [];
    if (name === undefined || extra.length > 0) {
      const problem = name === undefined ? 'has no name' : `may only have a name and values, not ${extra.join(', ')}`;
      throw wrong(`regions of the cloud ${cloud.name} (${cloud.where}): entry ${i + 1} ${problem}.`);
    }
    return { name, values: withUnderscores(record(record(entry).values)), at: ['regions', i, 'values'] };
  });
}

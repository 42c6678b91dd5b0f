import { parse, type Tags } from 'yaml';
import { isRecord } from '../is-record';
import { type Config, record, text, wrong } from './config-values';

/** Access to files, which tests replace. `read` returns undefined for a file that does not exist or can't be read. */
export type CloudFiles = { read(path: string): string | undefined; home: string; cwd: string };

type CloudFileChoice = { OS_CLOUD?: string; OS_CLIENT_CONFIG_FILE?: string; OS_CLIENT_SECURE_FILE?: string };

/**
 * The chosen cloud in clouds.yaml, merged over its profile and with secure.yaml merged over it. Each file is the first one
 * found on openstacksdk's search path. Without a choice: the only cloud in the file, or null if there is none.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 *
 * @throws SourceError of kind `config`
 */
export function readCloudFiles(choice: CloudFileChoice, files: CloudFiles): { name: string; config: Config } | null {
  const clouds = readClouds(findFile('clouds', files, explicit(choice, 'OS_CLIENT_CONFIG_FILE')));
  const names = Object.keys(clouds);
  const name = choice.OS_CLOUD ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    if (names.length > 1) throw wrong('clouds.yaml has several clouds: set OS_CLOUD to one of them.');
    return null;
  }
  if (names.length === 0) throw wrong('OS_CLOUD is set, but there is no clouds.yaml.');
  if (!names.includes(name)) throw wrong(`clouds.yaml has no cloud named ${name}.`);
  const cloud = record(clouds[name]);
  const secure = readClouds(findFile('secure', files, explicit(choice, 'OS_CLIENT_SECURE_FILE')));
  const profileName = text(cloud.profile) ?? text(cloud.cloud);
  const profiles = profileName === undefined ? {} : readClouds(findFile('clouds-public', files), 'public-clouds');
  return { name, config: merge(merge(record(profiles[profileName ?? '']), cloud), record(secure[name])) };
}

type FoundFile = { name: string; content: string };

type ExplicitFile = { variable: string; path: string };

function explicit(choice: CloudFileChoice, variable: keyof CloudFileChoice): ExplicitFile | undefined {
  const path = choice[variable];
  return path === undefined ? undefined : { variable, path };
}

function findFile(name: string, files: CloudFiles, chosen?: ExplicitFile): FoundFile | undefined {
  if (chosen !== undefined) {
    const content = files.read(chosen.path);
    if (content === undefined) throw wrong(`The file named by ${chosen.variable} can't be read.`);
    return { name: `The file named by ${chosen.variable}`, content };
  }
  for (const folder of [files.cwd, `${files.home}/.config/openstack`, '/etc/openstack']) {
    for (const ending of ['yaml', 'yml', 'json']) {
      const content = files.read(`${folder}/${name}.${ending}`);
      if (content !== undefined) return { name: `${name}.${ending}`, content };
    }
  }
  return undefined;
}

/** Scalars stay text, so that passwords such as 0123 and 12e45 are kept as written. */
const withoutNumbers = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !/:(int|float|timestamp)$/.test(tag.tag));

function readClouds(found: FoundFile | undefined, key = 'clouds'): Config {
  if (found === undefined) return {};
  try {
    // openstacksdk reads YAML 1.1, which has `verify: no` and `<<: *defaults`.
    return record(record(parse(found.content, { version: '1.1', customTags: withoutNumbers }))[key]);
  } catch {
    // The parser's message quotes the line, which may contain a password.
    throw wrong(`${found.name} is not valid YAML.`);
  }
}

/** Merges deeply: secure.yaml adds `auth.password` to the `auth` in clouds.yaml. */
function merge(base: Config, over: Config): Config {
  const merged: Config = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = isRecord(value) && isRecord(base[key]) ? merge(base[key], value) : value;
  }
  return merged;
}

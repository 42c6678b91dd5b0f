import { parse, type Tags } from 'yaml';
import { isRecord } from '../is-record';
import { type Config, record, text, wrong } from './config-values';

/** Where files come from; a test brings its own. `undefined` where there is none, or it can't be read. */
export type CloudFiles = { read(path: string): string | undefined; home: string; cwd: string };

type CloudFileChoice = { cloud?: string; clientConfigFile?: string; clientSecureFile?: string };

/**
 * The chosen cloud of clouds.yaml over its profile, with secure.yaml merged into it; each file is the first found in
 * openstacksdk's search path. Without a choice: the only cloud there is, or null where there is none.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 *
 * @throws SourceError of kind `config`
 */
export function readCloudFiles(choice: CloudFileChoice, files: CloudFiles): { name: string; config: Config } | null {
  const clouds = readClouds(findFile('clouds', files, 'OS_CLIENT_CONFIG_FILE', choice.clientConfigFile));
  const names = Object.keys(clouds);
  const name = choice.cloud ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    if (names.length > 1) throw wrong('clouds.yaml has several clouds: OS_CLOUD has to name one.');
    return null;
  }
  if (names.length === 0) throw wrong('OS_CLOUD is set, but there is no clouds.yaml.');
  if (!names.includes(name)) throw wrong(`clouds.yaml has no cloud named ${name}.`);
  const cloud = record(clouds[name]);
  const secure = readClouds(findFile('secure', files, 'OS_CLIENT_SECURE_FILE', choice.clientSecureFile));
  const profileName = text(cloud.profile) ?? text(cloud.cloud);
  const profiles = profileName === undefined ? {} : readClouds(findFile('clouds-public', files), 'public-clouds');
  return { name, config: merge(merge(record(profiles[profileName ?? '']), cloud), record(secure[name])) };
}

type FoundFile = { name: string; content: string };

function findFile(name: string, files: CloudFiles, variable?: string, explicit?: string): FoundFile | undefined {
  if (explicit !== undefined) {
    const content = files.read(explicit);
    if (content === undefined) throw wrong(`The file that ${variable} names can't be read.`);
    return { name: `The file that ${variable} names`, content };
  }
  for (const folder of [files.cwd, `${files.home}/.config/openstack`, '/etc/openstack']) {
    for (const ending of ['yaml', 'yml', 'json']) {
      const content = files.read(`${folder}/${name}.${ending}`);
      if (content !== undefined) return { name: `${name}.${ending}`, content };
    }
  }
  return undefined;
}

/** A password of digits is text, as it is written: 0123 and 12e45 are no numbers here. */
const withoutNumbers = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !/:(int|float|timestamp)$/.test(tag.tag));

function readClouds(found: FoundFile | undefined, key = 'clouds'): Config {
  if (found === undefined) return {};
  try {
    // 1.1 is the YAML that openstacksdk reads: it knows `verify: no` and `<<: *defaults`.
    return record(record(parse(found.content, { version: '1.1', customTags: withoutNumbers }))[key]);
  } catch {
    // The parser's message quotes the line, which may hold a password.
    throw wrong(`${found.name} is not valid YAML.`);
  }
}

/** Deep: secure.yaml adds `auth.password` to the `auth` of clouds.yaml. */
function merge(base: Config, over: Config): Config {
  const merged: Config = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = isRecord(value) && isRecord(base[key]) ? merge(base[key], value) : value;
  }
  return merged;
}

import { isRecord } from '../is-record';
import { chooseRegion, listRegionNames } from './cloud-regions';
import { type CloudFile, parseCloudFile, withUnderscores } from './cloud-yaml';
import { type CloudKeys, type Config, record, text, wrong } from './config-values';

/** Access to files, which tests replace. `read` returns undefined for a file that does not exist or can't be read. */
export type CloudFiles = {
  read(path: string): string | undefined;
  home: string;
  cwd: string;
  /** XDG_CONFIG_HOME, if it is not ~/.config. */
  configHome?: string;
};

export type CloudFileChoice = {
  OS_CLOUD?: string;
  OS_REGION_NAME?: string;
  OS_CLIENT_CONFIG_FILE?: string;
  OS_CLIENT_SECURE_FILE?: string;
};

/** The keys of a cloud and of its `auth` in one, the chosen region (null if it has none), and those it is used in. */
export type FoundCloud = CloudKeys & {
  cloud: { name: string; where: string };
  region: string | null;
  regions: string[];
};

/**
 * The chosen cloud in clouds.yaml with secure.yaml merged over it, over its profile, and under the values of its region. Each
 * file is the first one found on openstacksdk's search path. Without a choice: the only cloud, or null if there is none.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 *
 * @throws SourceError of kind `config` with file and line
 */
export function readCloudFiles(choice: CloudFileChoice, files: CloudFiles): FoundCloud | null {
  const opened = (['secure', 'clouds'] as const).flatMap((kind) => openFile(kind, choice, files) ?? []);
  const clouds = opened.toReversed().map(({ path, content }) => mappingOf(content.clouds, `clouds in ${path}`));
  const names = [...new Set(clouds.flatMap(Object.keys))];
  const name = choice.OS_CLOUD ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    if (names.length > 1)
      throw wrong(`${pathsOf(opened)} has several clouds: set OS_CLOUD to one of ${names.join(', ')}.`);
    return null;
  }
  if (opened.length === 0) throw wrong(`OS_CLOUD is set, but there is no clouds.yaml: looked in ${searched(files)}.`);
  if (!names.includes(name)) throw wrong(`${pathsOf(opened)} has no cloud named ${name}.`);
  const place = (file: CloudFile, keys: (string | number)[]) => {
    const line = file.lineOf(keys);
    return line === null ? null : `${file.path}, line ${line}`;
  };
  const whole = { name, where: firstOf(opened, (file) => place(file, ['clouds', name])) ?? '' };
  const own = clouds.reduce<Config>(
    (all, each) => merge(all, withUnderscores(mappingOf(each[name], `The cloud ${name} in ${whole.where}`))),
    {},
  );
  const profileName = text(own.profile) ?? text(own.cloud);
  const publicFile = profileName === undefined ? undefined : openFile('clouds-public', choice, files);
  const profile = withUnderscores(record(record(publicFile?.content['public-clouds'])[profileName ?? '']));
  const named = { own, profile, cloud: whole };
  const { region, values, at } = chooseRegion(named, choice.OS_REGION_NAME);
  const root = ['clouds', name];
  const ofRegion = at === null ? [] : [[...root, ...at]];
  const inCloud = (folders: (string | number)[][]) => opened.flatMap((file) => folders.map((path) => ({ file, path })));
  const inProfile = ['public-clouds', profileName ?? ''];
  /** Where a key may be, the place that counts first. */
  const places = [
    ...inCloud([...ofRegion.map((path) => [...path, 'auth']), [...root, 'auth'], ...ofRegion, root]),
    ...(publicFile ? [[...inProfile, 'auth'], inProfile].map((path) => ({ file: publicFile, path })) : []),
  ];
  const where = (key: string) => firstOf(places, ({ file, path }) => place(file, [...path, key]));
  const merged = merge(merge(profile, own), values);
  if (merged.auth !== undefined && merged.auth !== null && !isRecord(merged.auth))
    throw wrong(`auth in ${where('auth')}, must be a mapping: indent its keys below it.`);
  return { values: flatten(merged), where, cloud: whole, region, regions: listRegionNames(named) };
}

function firstOf<T, U>(list: T[], find: (item: T) => U | null): U | null {
  for (const item of list) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** Keys that count beside `auth` before those inside it, as they may come from a command line. */
const BESIDE_FIRST =
  /^(?:(?:user_|project_)?domain_(?:id|name)|(?:project|tenant)_(?:id|name)|token|auth_token|passcode)$/;

/** Like openstacksdk, accepts the keys of the account inside `auth` or beside it. */
function flatten({ auth, ...beside }: Config): Config {
  const winners = Object.entries(beside).filter(([key, value]) => BESIDE_FIRST.test(key) && value !== null);
  return { ...beside, ...record(auth), ...Object.fromEntries(winners) };
}

function mappingOf(value: unknown, what: string): Config {
  if (value === undefined || value === null || isRecord(value)) return value ?? {};
  throw wrong(`${what} must be a mapping.`);
}

const pathsOf = (opened: CloudFile[]): string =>
  opened
    .map(({ path }) => path)
    .toReversed()
    .join(' with ');

const VARIABLES = { clouds: 'OS_CLIENT_CONFIG_FILE', secure: 'OS_CLIENT_SECURE_FILE' } as const;

function openFile(
  kind: 'clouds' | 'secure' | 'clouds-public',
  choice: CloudFileChoice,
  files: CloudFiles,
): CloudFile | undefined {
  const variable = kind === 'clouds-public' ? undefined : VARIABLES[kind];
  const chosen = variable && choice[variable];
  if (chosen !== undefined) {
    const content = files.read(chosen.replace(/^~(?=\/)/, files.home));
    if (content === undefined) throw wrong(`The file named by ${variable} can't be read.`);
    return parseCloudFile(chosen, content);
  }
  for (const folder of foldersOf(files)) {
    for (const ending of ['yaml', 'yml', 'json']) {
      const path = `${folder}/${kind}.${ending}`;
      const content = files.read(path);
      if (content !== undefined) return parseCloudFile(path, content);
    }
  }
  return undefined;
}

const foldersOf = ({ cwd, home, configHome }: CloudFiles): string[] => [
  ...new Set([
    cwd,
    ...(configHome === undefined ? [] : [`${configHome}/openstack`]),
    `${home}/.config/openstack`,
    '/etc/xdg/openstack',
    '/etc/openstack',
  ]),
];

const searched = (files: CloudFiles): string => foldersOf(files).join(', ');

/** Merges deeply: secure.yaml adds `auth.password` to the `auth` in clouds.yaml. */
function merge(base: Config, over: Config): Config {
  const merged: Config = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = isRecord(value) && isRecord(base[key]) ? merge(base[key], value) : value;
  }
  return merged;
}

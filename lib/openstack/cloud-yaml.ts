import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Tags,
  visit,
} from 'yaml';
import { isRecord } from '../is-record';
import { type Config, wrong } from './config-values';

/** A file with clouds, and the line of each of its keys. */
export type CloudFile = {
  path: string;
  content: Config;
  /** The line of a key, by the keys and positions that lead to it; null if it is not in the file. */
  lineOf(keys: (string | number)[]): number | null;
};

/**
 * Parses a file like PyYAML, which OpenStack's own tools use: the last of two equal keys counts, `<<` merges, and yes and no
 * are booleans. Dashes in keys count as underscores, except in the names of clouds.
 *
 * @throws SourceError of kind `config` with the line; never with the text, which may contain a password
 */
export function parseCloudFile(path: string, content: string, begins = 'clouds:'): CloudFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(content, { version: '1.1', uniqueKeys: false, customTags: asPyYaml, lineCounter });
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  const [error] = document.errors;
  if (error) throw wrong(`${path} is not valid YAML at ${place(error.pos[0])}${describe(error.code)}.`);
  // A tag that is unknown here, such as a vault's, would pass its text off as the value.
  const unknown = document.warnings.find(
    ({ code, message }) => code === 'TAG_RESOLVE_FAILED' && !message.includes('tag:yaml.org,2002:'),
  );
  if (unknown) throw wrong(`${path} has a tag at ${place(unknown.pos[0])} that OpenStack’s tools refuse too.`);
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) === undefined)
        throw wrong(`${path} refers at ${place(node.range?.[0] ?? 0)} to an anchor that does not exist.`);
    },
  });
  const json: unknown = document.toJS({ maxAliasCount: -1 });
  if (json !== null && !isRecord(json)) throw wrong(`${path} is not a mapping that begins with \`${begins}\`.`);
  return {
    path,
    content: json ?? {},
    lineOf(keys) {
      let step: Step = { value: document.contents, offset: 0 };
      for (const key of keys) {
        const next = stepInto(step.value, key, document);
        if (next === null) return null;
        step = next;
      }
      return lineCounter.linePos(step.offset).line;
    },
  };
}

const REASONS: Record<string, string> = {
  TAB_AS_INDENT: ': tabs can’t indent it',
  BAD_SCALAR_START: ': a value that begins with this character needs quotes',
  MISSING_CHAR: ': a quote or bracket is not closed',
  MULTIPLE_DOCS: ': a second document begins there',
};
const describe = (code: string): string => REASONS[code] ?? '';

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;

/** Numbers and dates stay text, so that passwords such as 0123 and 12e45 are kept as written; y and n are text for PyYAML. */
const asPyYaml = (tags: Tags): Tags => [
  {
    tag: 'tag:yaml.org,2002:bool',
    default: true,
    test: BOOLEAN,
    resolve: (written: string) => /^(?:yes|true|on)$/i.test(written),
  },
  ...tags.filter((tag) => typeof tag === 'string' || !/:(int|float|timestamp|bool)$/.test(tag.tag)),
];

type Step = { value: unknown; offset: number };

/** The value of a key or position, and where it begins; null if there is none. */
function stepInto(from: unknown, key: string | number, document: Document.Parsed): Step | null {
  const node = isAlias(from) ? from.resolve(document) : from;
  if (isSeq(node)) {
    const value = node.items[Number(key)];
    return isNode(value) ? { value, offset: value.range?.[0] ?? 0 } : null;
  }
  if (!isMap(node)) return null;
  const pairs = node.items.toReversed();
  const nameOf = (name: unknown) => (isScalar(name) ? String(name.value).replaceAll('-', '_') : '');
  const own = pairs.find((pair) => nameOf(pair.key) === String(key).replaceAll('-', '_'));
  if (own) return { value: own.value, offset: (isScalar(own.key) && own.key.range?.[0]) || 0 };
  // In YAML 1.1 a key `<<` merges the keys of one or several mappings.
  const merged = pairs
    .filter((pair) => nameOf(pair.key) === 'Symbol(<<)')
    .flatMap(({ value }) => (isSeq(value) ? value.items : [value]));
  for (const mapping of merged) {
    const step = stepInto(mapping, key, document);
    if (step !== null) return step;
  }
  return null;
}

/** Keys with underscores instead of dashes, at every level. */
export function withUnderscores(config: Config): Config {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replaceAll('-', '_'),
      isRecord(value) ? withUnderscores(value) : value,
    ]),
  );
}

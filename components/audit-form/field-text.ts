import type { AuditField } from '@/lib/contract/v1/new-audit';
import { isRecord } from '@/lib/is-record';

/** Values of parameters as texts of a form, and back. */

type Text = string | boolean | string[];

export function textOf({ kind }: Pick<AuditField, 'kind'>, value: unknown): Text {
  const list = Array.isArray(value) ? value : [];
  switch (kind) {
    case 'yes-no':
      return value === true;
    case 'choices':
      return list.map(String);
    case 'list':
      return list.join(', ');
    case 'host-pairs':
      return list.map(hostsText).join('\n');
    case 'pool-pairs':
      return list.map(poolsText).join('\n');
    default:
      if (value === null || value === undefined) return '';
      return kind === 'json' && typeof value !== 'string' ? JSON.stringify(value) : String(value);
  }
}

/** What can't be read stays a text: the check says what is wrong with it. Absent is undefined. */
export function readValue({ kind }: Pick<AuditField, 'kind'>, value: Text | undefined): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  switch (kind) {
    case 'number':
    case 'integer':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'list':
      return namesIn(text);
    case 'host-pairs':
      return text.split('\n').flatMap(readHosts);
    case 'pool-pairs':
      return text.split('\n').flatMap(readPools);
    case 'json':
      return readJson(text);
    default:
      return text;
  }
}

/** Names separated by commas, semicolons or lines. */
export const namesIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What is before the first arrow, and behind it. */
function sidesOf(line: string): [string, string] {
  const at = line.indexOf('>');
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function hostsText(pair: unknown): string {
  if (!isRecord(pair)) return '';
  const { src_node: source, dst_node: target } = pair;
  return target === undefined ? String(source) : `${String(source)} > ${String(target)}`;
}

function readHosts(line: string): { src_node: string; dst_node?: string }[] {
  const [source, target] = sidesOf(line);
  if (line.trim() === '') return [];
  // The check says that there is no such host.
  if (source === '') return [{ src_node: line.trim() }];
  return [target ? { src_node: source, dst_node: target } : { src_node: source }];
}

/** "host@lvm, type hdd > host@ceph": pools and types of volumes, of which a target needs one. */
function poolsText(pair: unknown): string {
  if (!isRecord(pair)) return '';
  const side = (pool: unknown, type: unknown) =>
    [pool, type === undefined ? undefined : `type ${String(type)}`].filter((one) => one !== undefined).join(', ');
  return `${side(pair.src_pool, pair.src_type)} > ${side(pair.dst_pool, pair.dst_type)}`;
}

function readPools(line: string): Record<string, string>[] {
  const [source, target] = sidesOf(line);
  if (line.trim() === '') return [];
  return [{ ...readSide(source, 'src'), ...readSide(target, 'dst') }];
}

function readSide(text: string, side: 'src' | 'dst'): Record<string, string> {
  const names = namesIn(text);
  const types = names.flatMap((name) => /^type\s+(.+)$/.exec(name)?.[1] ?? []);
  const pools = names.filter((name) => !/^type\s/.test(name));
  return {
    ...(pools.length === 0 ? {} : { [`${side}_pool`]: pools.join(', ') }),
    ...(types.length === 0 ? {} : { [`${side}_type`]: types.join(', ') }),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

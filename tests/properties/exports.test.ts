import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { PhrasingContent, Root, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { fileName, hostsCsv, migrationsCsv } from '@/components/audits/export/documents';
import { NO_FILTERS, selectRows } from '@/components/moves/filters';
import { showBidi } from '@/lib/bidi';
import { toCsv, toMarkdown } from '@/lib/domain/review/export';
import { toCommands } from '@/lib/domain/review/export-commands';
import { csvRows, oneLine, shellWord } from '@/lib/domain/review/quoting';
import { noVariant } from '@/lib/domain/review/variant';
import { detail, migration, host as projected } from '../components/audit-samples';
import { exportOf, host, move, vm } from '../domain/review/scene';
import { hostile, RUNS } from './hostile';
import { FORMULA, readCsv, readCsvAs, unguarded } from './read-csv';

/** Other programs must be able to read exported files, whatever the names of VMs, hosts and audits. */

const few = { ...RUNS, numRuns: 100 };
const named = fc.record({ audit: hostile, name: hostile, id: hostile, from: hostile, to: hostile, group: hostile });
type Named = typeof named extends fc.Arbitrary<infer T> ? T : never;

/** A plan with a move that may fail because of a server group and one that fails because of its host. */
function planOf({ audit, name, id, from, to, group }: Named, policy = 'anti-affinity') {
  const hosts = [host(from, 60), host(to, 40)];
  const vms = [vm(id, from, { name, groups: ['g'] }), vm(`${id}2`, to, { name: group, groups: ['g'] })];
  const groups = [
    {
      id: 'g',
      name: group,
      policy,
      max_per_host: 1,
      members: vms.map(({ id: member, host: on }) => ({ id: member, host: on })),
    },
  ];
  const steps = [move(id, from, to), move(`${id}2`, to, `${from}!`, { wave: 2 })];
  return exportOf({ hosts, vms, groups, steps }, noVariant(), audit);
}

describe('CSV exports', () => {
  it('preserves every name, with an apostrophe before would-be formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 5 }), (rows) => {
        const [header, ...read] = readCsv(csvRows(['one', 'two'], rows));
        expect(header).toEqual(['one', 'two']);
        expect(read.map((row) => row.map(unguarded))).toEqual(rows.map((row) => row.map(showBidi)));
        for (const cell of read.flat()) expect(cell).not.toMatch(FORMULA);
      }),
      RUNS,
    );
  });

  it.each([';', '\t'])('has no formula for a spreadsheet that separates by %j', (separator) => {
    const rows = fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 5 });
    const split = fc.tuple(
      hostile,
      fc.constantFrom(';', '\t', ';"', '; "', ";'", '\n', '\r'),
      fc.constantFrom('=1', '@a', '-x'),
    );
    fc.assert(
      fc.property(rows, split, (given, parts) => {
        const text = csvRows(['one', 'two'], [...given, [parts.join(''), 'plain']]);
        for (const cell of readCsvAs(separator, text)) expect(cell).not.toMatch(FORMULA);
      }),
      RUNS,
    );
  });

  it('writes numbers or empty cells, never NaN', () => {
    fc.assert(
      fc.property(fc.double(), (number) => {
        const [, [cell = ''] = []] = readCsv(csvRows(['n'], [[number]]));
        expect(cell === '' ? Number.isFinite(number) : Number(cell) !== number).toBe(false);
      }),
      RUNS,
    );
  });

  it('has one row per migration and per host of an audit, with their names', () => {
    fc.assert(
      fc.property(fc.array(named, { minLength: 1, maxLength: 3 }), (names) => {
        const migrations = names.map(({ name, id, from, to, group }) =>
          migration({ vm_name: name, vm_id: id, source: from, destination: to, flavor: group }),
        );
        const rows = selectRows(migrations, { ...NO_FILTERS, sort: 'order' });
        const [header = [], ...read] = readCsv(migrationsCsv(rows));
        const columns = ['instance', 'instance_id', 'source', 'destination', 'flavor'].map((one) =>
          header.indexOf(one),
        );
        expect(read.map((row) => columns.map((column) => unguarded(row[column] ?? '?')))).toEqual(
          names.map(({ name, id, from, to, group }) => [name, id, from, to, group].map(showBidi)),
        );
        const { projection } = detail();
        if (!projection) throw new Error('the sample has a projection');
        const hosts = names.map(({ from }) => projected({ host: from }));
        const [, ...lines] = readCsv(hostsCsv(detail({ projection: { ...projection, hosts } })));
        expect(lines.map(([first = '']) => unguarded(first))).toEqual(names.map(({ from }) => showBidi(from)));
      }),
      few,
    );
  });

  it('has one row per move of a plan, with its names', () => {
    fc.assert(
      fc.property(named, (names) => {
        const [header = [], ...read] = readCsv(toCsv(planOf(names)));
        const columns = ['vm', 'vm_id', 'source', 'destination'].map((one) => header.indexOf(one));
        const { name, id, from, to, group } = names;
        const wanted = [
          [name, id, from, to],
          [group, `${id}2`, to, `${from}!`],
        ];
        expect(read.map((row) => columns.map((column) => unguarded(row[column] ?? '?')))).toEqual(
          wanted.map((row) => row.map(showBidi)),
        );
      }),
      few,
    );
  });
});

describe('a plan exported as Markdown', () => {
  const parse = (text: string): Root =>
    fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const textOf = (parts: PhrasingContent[]) =>
    parts.map((part) => ('value' in part ? part.value : `<${part.type}>`)).join('');
  const cellsOf = ({ children }: Table) => children.map((row) => row.children.map((cell) => textOf(cell.children)));
  const typesOf = (node: { type: string; children?: object[] }): string[] => [
    node.type,
    ...(node.children ?? []).flatMap((child) => typesOf(child as typeof node)), // Children are nodes.
  ];
  const NAMED = new Set(['text', 'inlineCode']);
  const BLOCKS = new Set(['root', 'heading', 'list', 'listItem', 'paragraph', 'table', 'tableRow', 'tableCell']);

  it('shows names exactly, in cells and title, without interpreting their markup', () => {
    fc.assert(
      fc.property(named, (names) => {
        const given = planOf(names);
        const tree = parse(toMarkdown(given));
        expect(tree.children.map(({ type }) => type)).toEqual([
          'heading',
          'list',
          'heading',
          'table',
          'heading',
          'table',
        ]);
        expect(typesOf(tree).filter((type) => !NAMED.has(type) && !BLOCKS.has(type))).toEqual([]);
        const [title, , , , , table] = tree.children;
        if (title?.type !== 'heading' || table?.type !== 'table') throw new Error('unreachable');
        expect(textOf(title.children)).toBe(
          names.audit === '' ? 'Plan of audit' : `Plan of audit ${oneLine(names.audit)}`,
        );
        const [, ...rows] = cellsOf(table);
        const { name, id, from, to, group } = names;
        const wanted = [
          [name, id, from, to],
          [group, `${id}2`, to, `${from}!`],
        ];
        expect(rows.map(([, , vm, vmId, , source, target]) => [vm, vmId, source, target])).toEqual(
          wanted.map((row) => row.map(oneLine)),
        );
      }),
      RUNS,
    );
  });

  it('shows reasons as plain text, except for a word joiner that prevents links', () => {
    fc.assert(
      fc.property(named, (names) => {
        const given = planOf(names);
        const table = parse(toMarkdown(given)).children.at(-1);
        if (table?.type !== 'table') throw new Error('the last is the table of moves');
        const why = given.result.moves.map(({ reasons }) => reasons.map(({ text }) => text).join(' '));
        const said = cellsOf(table)
          .slice(1)
          .map((cells) => cells.at(-1)?.replaceAll('\u2060', ''));
        expect(said).toEqual(why.map((text) => oneLine(text).replaceAll('\u2060', '').trim()));
      }),
      RUNS,
    );
  });
});

describe('names in exported shell commands', () => {
  it('quotes each name as one word with the same text', () => {
    const names = fc.sample(hostile, RUNS).map((name) => name.replaceAll('\u0000', ''));
    const script = names.map((name) => `printf '%s\\0' ${shellWord(name)}`).join('\n');
    const printed = execFileSync('sh', [], { input: script, encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(printed).toEqual(names);
  });

  it('runs no commands except those for the moves', () => {
    const plans = fc.sample(named, few).map((names) => planOf(names, 'soft-anti-affinity'));
    // A fake openstack command prints its arguments, one per line: a dot and base64.
    const fake = `openstack() { for word in "$@"; do printf .; printf %s "$word" | base64 -w0; echo; done; echo; }\n`;
    const script = plans.map((given) => `(\n${toCommands(given)}\n)`).join('\n');
    const printed = execFileSync('sh', [], { input: fake + script, encoding: 'utf8' });
    const commands = printed
      .trimEnd()
      .split('\n\n')
      .map((lines) => lines.split('\n').map((line) => Buffer.from(line.slice(1), 'base64').toString('utf8')));
    const plain = (name: string) => oneLine(name);
    const wanted = plans.flatMap(({ result }) =>
      result.moves.flatMap(({ verdict, destination, vm_id: id }) =>
        verdict === 'would-fail' ? [] : [[`--host=${plain(destination ?? '')}`, plain(id)]],
      ),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(commands.map((words) => [words[4], words.at(-1)])).toEqual(wanted);
  });
});

describe('fileName', () => {
  it('returns names that are valid on every system and stay in the folder', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expect(fileName(name, 'hosts.csv', 1_770_000_000_000)).toMatch(
          /^watcher-[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9._])?-hosts-20260202-0240Z\.csv$/,
        );
      }),
      RUNS,
    );
  });
});

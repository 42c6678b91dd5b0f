import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { toCsv, toMarkdown } from '@/lib/domain/review/export';
import { toCommands } from '@/lib/domain/review/export-commands';
import { csvField, shellComment, shellWord } from '@/lib/domain/review/quoting';
import { noVariant } from '@/lib/domain/review/variant';
import { disable, exportOf, host, move, vm } from './scene';

const HOSTILE = [
  "'; touch /tmp/owned; '",
  '$(reboot)',
  '`id`',
  '"quoted" & <b>bold</b>',
  'two\nlines',
  'carriage\rreturn',
  '--host=evil',
  '-x',
  '=HYPERLINK("http://evil.example")',
  '@everyone',
  '+1',
  'a|b',
  '[link](http://evil.example)',
  '![img](http://evil.example)',
  '# heading',
  'größe-日本',
  '\u202egnp.exe',
  '!history',
  '\\',
  '~root',
  '*',
  '',
];

/** Words made of signs that mean something somewhere, the same ones each time. */
function* words(count: number): Generator<string> {
  const signs = '\'"`$\\;&|<>(){}[]*?!#~=%^ \t\n\r-+@,.:/aé日\u0007';
  let state = 42;
  for (let i = 0; i < count; i++) {
    let text = '';
    for (let n = 0; n < 1 + (i % 12); n++) {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      text += [...signs][state % [...signs].length];
    }
    yield text;
  }
}

const two = { hosts: [host('a', 60), host('b', 40)], vms: [vm('x', 'a')] };

describe('names in a shell', () => {
  it('are one word each and keep their text in a real shell', () => {
    const all = [...HOSTILE, ...words(300)];
    const script = all.map((text) => `printf '%s\\0' ${shellWord(text)}`).join('\n');
    const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(printed).toEqual(all);
  });

  it('never break out of a comment', () => {
    for (const text of [...HOSTILE, ...words(300)]) expect(shellComment(text)).toMatch(/^# [^\n\r]*$/);
  });
});

describe('names in CSV', () => {
  it('are one field and never a formula', () => {
    expect(csvField('=1+1')).toBe("'=1+1");
    expect(csvField('a,"b"\nc')).toBe('"a,""b""\nc"');
    expect([csvField(-5), csvField(null), csvField('plain')]).toEqual(['-5', '', 'plain']);
    for (const text of HOSTILE) expect(csvField(text)).not.toMatch(/^"?[=+\-@]/);
  });
});

describe('a plan as commands', () => {
  it('runs wave after wave and waits for each move', () => {
    const steps = [disable('a'), move('x', 'a', 'b', { wave: 2 })];
    const lines = toCommands(exportOf({ ...two, steps })).split('\n');
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      'set -e',
      'openstack compute service set --disable --disable-reason=maintenance a nova-compute',
      'openstack --os-compute-api-version=2.30 server migrate --live-migration --host=b --wait x',
    ]);
    expect(lines.indexOf('# Wave 1')).toBeLessThan(lines.indexOf('# Wave 2'));
  });

  it('names the command with which Watcher runs the plan itself, which it can’t do with a variant', () => {
    expect(toCommands(exportOf(two))).toContain('\n# openstack optimize actionplan start plan\n');
    expect(toCommands({ ...exportOf(two), changed: true })).not.toContain('actionplan start');
  });

  it('confirms cold moves, omits the host if the scheduler chooses, and comments out moves that would fail', () => {
    const command = (parts: Partial<Scene>) => toCommands(exportOf({ ...two, ...parts }));
    expect(command({ steps: [move('x', 'a', 'b', { live: false })] })).toContain(
      'server migrate --host=b --wait x\nopenstack server migration confirm x\n',
    );
    expect(command({ steps: [move('x', 'a', null)] })).toContain('server migrate --live-migration --wait x\n');
    const failing = command({ steps: [move('x', 'a', 'b')], vms: [vm('x', 'a', { status: 'ERROR' })] });
    expect(failing).toContain('\n# openstack --os-compute');
    expect(failing).toMatch(/# would fail: .*this one is ERROR/);
  });

  it('runs only openstack, whatever the names of VMs, hosts and audits', () => {
    for (const name of [...HOSTILE.filter(Boolean), ...words(60)]) {
      const hosts = [host('a', 60), host(name, 40)];
      const given = exportOf(
        { hosts, vms: [vm('x', 'a', { name })], steps: [move('x', 'a', name)] },
        noVariant(),
        name,
      );
      // In a shell where openstack writes down what it was given, one argument a line of base64.
      const fake = `openstack() { for word in "$@"; do printf '%s' "$word" | base64 -w0; echo; done; }\n`;
      const out = execFileSync('sh', ['-c', fake + toCommands(given).replace(/^#!.*\n/, '')], {
        encoding: 'utf8',
      });
      const args = out
        .trim()
        .split('\n')
        .map((line) => Buffer.from(line, 'base64').toString('utf8'));
      expect(args.slice(1, 4)).toEqual(['server', 'migrate', '--live-migration']);
      expect(args.slice(5)).toEqual(['--wait', 'x']);
      expect(args[4]).toMatch(/^--host=/);
    }
  });
});

describe('a plan as Markdown and CSV', () => {
  it('numbers moves as a variant takes them, and no move that a variant adds', () => {
    const given = exportOf(
      { ...two, vms: [vm('x', 'a'), vm('y', 'b'), vm('z', 'b')], steps: [move('x', 'a', 'b'), move('y', 'b', 'a')] },
      { ...noVariant(), off: new Set([2]), empty: ['b'], stay: new Set(['z']) },
    );
    const rows = toCsv(given).trimEnd().split('\r\n').slice(1);
    expect(rows.map((row) => [row.split(',')[0], row.split(',')[4], row.split(',').at(-4)])).toEqual([
      ['1', 'x', 'warning'],
      ['2', 'y', 'left out'],
      ['', 'x', 'ok'],
      ['', 'y', 'ok'],
      ['', 'z', 'left out'],
    ]);
    const numbers = [...toMarkdown(given).matchAll(/^\| (\d|–) \| (\d) \| `name/gm)].map((row) => row.slice(1, 3));
    expect(numbers).toEqual([
      ['1', '1'],
      ['2', '1'],
      ['–', '2'],
      ['–', '2'],
      ['–', '3'],
    ]);
    expect(toCommands(given)).not.toContain('--wait z');
  });

  it('links to the page, as a link if the server is known', () => {
    const given = exportOf({ ...two, steps: [] });
    expect(toMarkdown(given)).toContain('\n- Link: `/audits/audit/plans/plan/`\n');
    const link = 'https://visio.example/audits/audit/plans/plan/?off=1';
    expect(toMarkdown({ ...given, link })).toContain(`\n- Link: <${link}>\n`);
    expect(toMarkdown({ ...given, link: 'https://a> [b](https://c)' })).toContain('- Link: `https://a> ');
  });

  it('has the duration of moves that Nova recorded', () => {
    const happened = (from: number, until: number | null) => ({
      result: 'moved' as const,
      evidence: 'migration' as const,
      started_at: from * 60_000,
      ended_at: until === null ? null : until * 60_000,
      destination: 'b',
      migration_id: null,
      differs: false,
      text: '',
    });
    const steps = [
      move('x', 'a', 'b', { state: 'SUCCEEDED', happened: happened(10, 14) }),
      move('y', 'a', 'b', { state: 'SUCCEEDED', happened: happened(12, 22) }),
      move('z', 'a', 'b', { state: 'ONGOING', happened: happened(20, null) }),
    ];
    const markdown = toMarkdown(exportOf({ ...two, steps }));
    expect(markdown).toContain(
      '\n- Duration: 12\u202fmin for 2 moves, 1970-01-01 00:10 UTC to 1970-01-01 00:22 UTC, as Nova recorded\n',
    );
    expect(toMarkdown(exportOf({ ...two, steps: [move('x', 'a', 'b')] }))).not.toContain('Duration');
  });

  it('shows colons as they are, without turning them into links or emoji', () => {
    const hosts = [
      host('a', 60),
      host('b', 40, { status: 'disabled', disabled_reason: 'since 12:30: :fire: http://x' }),
    ];
    const markdown = toMarkdown(exportOf({ ...two, hosts, steps: [move('x', 'a', 'b')] }));
    expect(markdown).toContain('b is disabled: since 12:30: :\u2060fire: http:\u2060//x.');
  });

  it('has the verdict, the reasons and the project for every move', () => {
    const projects = { names: [{ id: 'project', name: 'vault', domain: null }], reason: '' };
    const given = exportOf({ ...two, projects, steps: [move('x', 'a', 'b')], vms: [vm('x', 'a', { locked: true })] });
    const markdown = toMarkdown(given);
    expect(markdown).toContain('- Verdicts: 0 would fail, 1 with a warning, 0 not fully checked, 0 ok');
    expect(markdown).toContain('| CPU used | 80 | 100 |');
    expect(markdown).toContain(
      '| 1 | 1 | `name-of-x` | `x` | `vault` | `a` | `b` | live | 10.0\u202fpts | warning | It is locked.',
    );
    expect(toCsv(given).split('\r\n')[1]).toMatch(
      /^1,1,PENDING,name-of-x,x,m1.large,a,b,live,10,4294967296,10,10,,,none,warning,.*,project,vault$/,
    );
  });
});

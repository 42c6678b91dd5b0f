import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeAnswer } from '@/components/live/wire';
import { showBidiIn } from '@/lib/bidi';
import { toCsv, toMarkdown } from '@/lib/domain/review/export';
import { toCommands } from '@/lib/domain/review/export-commands';
import { csvField } from '@/lib/domain/review/quoting';
import { noVariant } from '@/lib/domain/review/variant';
import { exportOf, host, move, vm } from '../domain/review/scene';

/** What leaves the dashboard does no harm where it is opened or run. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script in a real shell, with an `openstack` that fails for calls with this text. Returns its calls. */
function runScript(script: string, failing: string) {
  const calls = path.join(folder, 'calls');
  writeFileSync(calls, '');
  const stub = path.join(folder, 'openstack');
  writeFileSync(stub, `#!/bin/sh\necho "$*" >> '${calls}'\ncase "$*" in *'${failing}'*) exit 1;; esac\n`);
  chmodSync(stub, 0o755);
  const { status } = spawnSync('sh', [], {
    input: script,
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  return { status, calls: readFileSync(calls, 'utf8').trimEnd().split('\n') };
}

/** Cold moves are those of VMs that are off. */
const script = (cold: boolean) => {
  const hosts = [host('a', 60), host('b', 40)];
  const vms = [vm('one', 'a'), vm('two', 'a')];
  const steps = [move('one', 'a', 'b', { live: !cold }), move('two', 'a', 'b', { wave: 1 })];
  return toCommands(exportOf({ hosts, vms, steps }, noVariant(), 'nightly'));
};

describe('an exported script', () => {
  it.each([
    ['a cold migration', true, 'migrate', 1],
    ['the confirmation of a cold migration', true, 'confirm', 2],
    ['a live migration', false, 'migrate', 1],
  ])('stops when %s fails', (_, cold, failing, made) => {
    const text = script(cold);
    expect(text.includes('migration confirm')).toBe(cold);
    const { status, calls } = runScript(text, failing);
    expect(status).not.toBe(0);
    expect(calls).toHaveLength(made);
  });

  it('runs to its end when nothing fails', () => {
    expect(runScript(script(true), 'nothing')).toMatchObject({ status: 0, calls: { length: 3 } });
    expect(execFileSync('sh', ['-n'], { input: script(true) }).length).toBe(0);
  });
});

describe('a CSV cell', () => {
  it.each([
    ['x;=1+1', "x;'=1+1"],
    ['a\t=1+1', "a\t'=1+1"],
    ['a; @sum', "a;' @sum"],
    ['a;＝1', "a;'＝1"],
    ['a;b', 'a;b'],
    ['a;1', 'a;1'],
  ])('of %j begins no formula behind a semicolon or tab', (name, cell) => {
    expect(csvField(name)).toBe(cell);
  });
});

const TURNED = 'invoice\u202egnp.exe';
const SHOWN = 'invoice[U+202E]gnp.exe';

describe('a name that turns text around', () => {
  const plan = exportOf(
    {
      hosts: [host('a', 60), host('b', 40)],
      vms: [vm('one', 'a', { name: TURNED })],
      steps: [move('one', 'a', 'b')],
    },
    noVariant(),
    TURNED,
  );

  it.each([
    ['Markdown', toMarkdown],
    ['CSV', toCsv],
    ['commands', toCommands],
  ])('is shown as such in %s', (_, write) => {
    expect(write(plan)).toContain(SHOWN);
    expect(write(plan)).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  });

  it('is shown as such on pages, however deep, and other data stays the same', () => {
    const data = { at: 1, rows: [{ name: TURNED, more: null }, { name: 'עברית' }], none: undefined };
    expect(showBidiIn(data)).toEqual({ ...data, rows: [{ name: SHOWN, more: null }, { name: 'עברית' }] });
    const plain = decodeAnswer({ rows: [{ name: 'a' }, { name: 'b' }] });
    expect(showBidiIn(plain)).toBe(plain);
    const waiting = Promise.resolve(TURNED);
    expect(showBidiIn({ waiting }).waiting).toBe(waiting);
  });
});

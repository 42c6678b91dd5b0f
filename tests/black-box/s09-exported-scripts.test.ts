import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCloud } from './support/cloud';
import { exportsByEmptiedHost } from './support/plan-export';
import { startProduct } from './support/product';

/** Exported scripts in a real shell, with an `openstack` that fails for some calls. All VMs are off, so that moves are cold. */

const isOff = (text: string) =>
  text
    .replaceAll('"status":"ACTIVE"', '"status":"SHUTOFF"')
    .replaceAll('"OS-EXT-STS:vm_state":"active"', '"OS-EXT-STS:vm_state":"stopped"')
    .replaceAll('"OS-EXT-STS:power_state":1', '"OS-EXT-STS:power_state":4');

const COLD = / server migrate (?!--live)/g;

let script = '';
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-script-'));
  const { settings } = await openCloud({
    rewrite: ({ line }, text) => (line.includes('/servers') ? isOff(text) : text),
  });
  const product = await startProduct(settings);
  for await (const { commands } of exportsByEmptiedHost(product.url)) {
    const calls = commands
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    if ((calls.match(COLD) ?? []).length > (script.match(COLD) ?? []).length) script = commands;
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script with an `openstack` that fails for calls with this text. */
function run(failing: string) {
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

describe('S9: an exported script', () => {
  it('runs to its end when nothing fails, each cold move with its confirmation', () => {
    const { status, calls } = run('nothing fails');
    expect(status).toBe(0);
    const moves = calls.filter((call) => /server migrate (?!--live)/.test(` ${call}`));
    expect(moves.length).toBeGreaterThan(1);
    expect(calls.filter((call) => call.startsWith('server migration confirm'))).toHaveLength(moves.length);
  });

  it('ends at the first cold move that fails, and makes no other call', () => {
    const { status, calls } = run('server migrate');
    expect(status).not.toBe(0);
    expect(calls).toHaveLength(1);
  });

  it('ends at the first confirmation that fails', () => {
    const { status, calls } = run('migration confirm');
    expect(status).not.toBe(0);
    expect(calls).toHaveLength(2);
  });
});

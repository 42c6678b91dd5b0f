/**
 * `npm run pack`: puts what `npm run build` made, with what runs it, into an archive for machines that have Node.js and
 * nothing else. The same build gives the same bytes: names are sorted, owners and times are fixed. With --folder, it leaves
 * the files in a folder instead of packing them.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** What the server and the command line need to run; the Dockerfile copies the same. */
const RUNS = ['.next/standalone', 'lib/server', 'lib/cli'];
/** What people need to install and operate it. */
const READ = ['.env.example', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'docs', 'package.json'];

/** Bytes; a fraction of it is used. */
const LARGEST = 2 ** 30;

/** Native modules make it fit one kind of machine. */
const name = `watcher-visio-${version}-${process.platform}-${process.arch}`;

const { values } = parseArgs({ options: { folder: { type: 'string' } } });

if (!existsSync(path.join(root, '.next/standalone/cli/main.js'))) {
  console.error('There is no build to pack. Run: npm run build');
  process.exit(1);
}

/** Of the two folders of lib, only plain JavaScript runs. */
const isShipped = (file) =>
  lstatSync(file).isDirectory() || !/[/\\]lib[/\\](server|cli)[/\\][^/\\]+$/.test(file) || file.endsWith('.mjs');

function copyInto(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Links between packages stay relative: otherwise they would lead back to here.
  for (const place of [...RUNS, ...READ])
    cpSync(path.join(root, place), path.join(folder, place), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isShipped,
    });
}

/** The time of the last commit, as other builds that can be repeated use it; else that of the version. */
function timeOfSource() {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '0';
  }
}

function pack() {
  const workshop = mkdtempSync(path.join(tmpdir(), 'watcher-visio-'));
  copyInto(path.join(workshop, name));
  const fixed = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,a+rX,go-w', '--format=gnu'];
  const tar = execFileSync('tar', ['-C', workshop, ...fixed, `--mtime=@${timeOfSource()}`, '-c', name], {
    maxBuffer: LARGEST,
  });
  rmSync(workshop, { recursive: true });
  return gzipSync(tar, { level: 9 });
}

if (values.folder !== undefined) copyInto(path.resolve(values.folder));
else {
  const archive = `${name}.tar.gz`;
  const packed = pack();
  const sum = createHash('sha256').update(packed).digest('hex');
  writeFileSync(path.join(root, archive), packed);
  writeFileSync(path.join(root, `${archive}.sha256`), `${sum}  ${archive}\n`);
  console.log(`${archive}: ${(packed.length / 1e6).toFixed(1)} MB, sha256 ${sum}`);
}

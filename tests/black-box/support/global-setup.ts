import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the build that is tested. */
    build: string;
    /** The address of the simulated cloud. */
    simulation: string;
  }
}

let simulation: ChildProcess | undefined;

/** One simulated cloud for all tests: that of this repository, whatever build is tested, so that its VMs are the same. */
export async function setup(project: TestProject): Promise<void> {
  const build = path.resolve(process.env.BLACK_BOX_BUILD ?? '.');
  if (!existsSync(path.join(build, '.next/standalone/server.js')))
    throw new Error(`There is no build in ${build}. Run there: npm run build`);
  const options = ['--hosts', '6', '--servers', '60', '--audits', '8', '--port', '0'];
  simulation = spawn(process.execPath, ['--import', 'tsx', 'lib/simulation/main.ts', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  project.provide('build', build);
  project.provide('simulation', await addressOf(simulation));
}

export async function teardown(): Promise<void> {
  if (!simulation) return;
  const ended = once(simulation, 'exit');
  simulation.kill('SIGTERM');
  await ended;
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The simulated cloud has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = / on (http:\S+)$/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('The simulated cloud did not start.');
}

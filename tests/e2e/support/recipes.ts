import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Adds widgets to a copy of the project, as docs/widgets.md says. */

const ROOT = path.resolve(import.meta.dirname, '../../..');
const REGISTRY = 'components/widgets/index.ts';
const COPIED = [
  'app',
  'components',
  'instrumentation.ts',
  'lib',
  'next.config.mjs',
  'package.json',
  'proxy.ts',
  'tsconfig.json',
];

/** A file to create, and the name to add to the list of widgets. */
export type Recipe = { file: string; code: string; name: string };

/** The recipes of docs/widgets.md: "Create `…`:", a block of code, "Add `…` to the list". */
export async function readRecipes(): Promise<Recipe[]> {
  const text = await readFile(path.join(ROOT, 'docs/widgets.md'), 'utf8');
  const steps =
    /Create `(components\/widgets\/[^`]+)`:\n\n {3}```tsx\n([\s\S]*?)\n {3}```\n\n2\. Add `(\w+)` to the list/g;
  return Array.from(text.matchAll(steps), ([, file = '', code = '', name = '']) => ({
    file,
    code: code.replaceAll(/^ {3}/gm, ''),
    name,
  }));
}

/** A widget of tests/e2e/support/widgets. */
export async function readWidget(folder: string, name: string): Promise<Recipe> {
  const code = await readFile(path.join(import.meta.dirname, 'widgets', `${folder}.tsx`), 'utf8');
  return { file: `components/widgets/${folder}/index.tsx`, code, name };
}

/** Builds the copy; gives its folder, which has to be removed. */
export async function buildWith(recipes: Recipe[]): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'widgets-'));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  copyModules(copy);
  for (const recipe of recipes) await follow(recipe, copy);
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  return copy;
}

export const removeCopy = (copy: string): Promise<void> => rm(copy, { recursive: true, force: true });

/** The bundler refuses a symbolic link to modules outside of the project, and hard links cost no room. */
function copyModules(copy: string): void {
  const modules = path.join(ROOT, 'node_modules');
  try {
    execFileSync('cp', ['-al', modules, copy], { stdio: 'ignore' });
  } catch {
    // Another file system.
    execFileSync('cp', ['-a', modules, copy]);
  }
}

async function follow({ file, code, name }: Recipe, copy: string): Promise<void> {
  const target = path.join(copy, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, `${code}\n`);
  const registry = path.join(copy, REGISTRY);
  const list = await readFile(registry, 'utf8');
  const folder = path.basename(path.dirname(file));
  await writeFile(
    registry,
    `import { ${name} } from './${folder}';\n${list.replace(/\n\];\s*$/, `\n  ${name},\n];\n`)}`,
  );
}

/**
 * The last step of `npm run build`: adds to .next/standalone what its server.js needs to run on its own: the static
 * files and the check of the Node.js version.
 */
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const build = path.resolve(import.meta.dirname, '../../.next');
const copy = path.join(build, 'standalone');
const server = path.join(copy, 'server.js');
const CHECK = 'node-version.mjs';

rmSync(path.join(copy, '.next/static'), { recursive: true, force: true });
cpSync(path.join(build, 'static'), path.join(copy, '.next/static'), { recursive: true });

copyFileSync(path.join(import.meta.dirname, CHECK), path.join(copy, CHECK));
writeFileSync(server, `import './${CHECK}';\n${readFileSync(server, 'utf8')}`);

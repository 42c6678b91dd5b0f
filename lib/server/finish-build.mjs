/**
 * The last step of `npm run build`: adds to .next/standalone what its server.js needs to run on its own: the static
 * files, also compressed, and the check of the Node.js version.
 */
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressStatic } from './compress-static.mjs';

const build = path.resolve(import.meta.dirname, '../../.next');
const copy = path.join(build, 'standalone');
const server = path.join(copy, 'server.js');
const CHECK = 'node-version.mjs';

const files = path.join(copy, '.next/static');
rmSync(files, { recursive: true, force: true });
cpSync(path.join(build, 'static'), files, { recursive: true });
await compressStatic(files);

copyFileSync(path.join(import.meta.dirname, CHECK), path.join(copy, CHECK));
writeFileSync(server, `import './${CHECK}';\n${readFileSync(server, 'utf8')}`);

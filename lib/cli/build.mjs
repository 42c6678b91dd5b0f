/**
 * The last step of `npm run build`: bundles the command line into .next/standalone, where it finds the native modules of
 * the server, so that it runs without TypeScript and without what was needed to build it.
 */
import path from 'node:path';
import { build } from 'vite';
import { checkBasePath } from '../server/base-path.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const outsideNext = path.join(root, 'lib/cli/outside-next.ts');
/** Those of the server: server-only is empty under the first. */
const CONDITIONS = ['react-server', 'node', 'import', 'default'];

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  define: { 'process.env.BUILT_BASE_PATH': JSON.stringify(checkBasePath(process.env.BASE_PATH)) },
  resolve: { alias: { '@': root, 'next/cache': outsideNext, 'next/headers': outsideNext } },
  ssr: { noExternal: true, external: ['libsql', 'kysely', 'pg'], resolve: { conditions: CONDITIONS } },
  build: {
    ssr: 'lib/cli/main.ts',
    outDir: path.join(root, '.next/standalone/cli'),
    emptyOutDir: true,
    target: 'node20',
    minify: true,
  },
});

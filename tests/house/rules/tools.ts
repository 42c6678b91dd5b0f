import type { ESTree } from 'vite';
import type { Rule } from '../house';
import { dottedName, nameOf, type Source } from '../source';

/** Each sharp tool has one room. */

type Tool = {
  name: string;
  /** Files, or folders that end in `/`, that may use it. */
  rooms: string[];
  /** What others do instead. */
  instead: string;
} & ({ packages: string[] } | { isUsedBy: (node: ESTree.Node) => boolean });

/** `process.env`, `const { env } = process` and `import { env } from 'node:process'` */
function readsEnvironment(node: ESTree.Node): boolean {
  if (node.type === 'MemberExpression') return dottedName(node) === 'process.env';
  if (node.type === 'ImportSpecifier') return nameOf(node.imported) === 'env';
  return node.type === 'VariableDeclarator' && node.init?.type === 'Identifier' && node.init.name === 'process';
}

const TOOLS: Tool[] = [
  {
    name: 'process.env',
    isUsedBy: readsEnvironment,
    // Those beside lib/env.ts read what Next, the build or the start sets, before any setting is read; the command line has fewer.
    rooms: [
      'lib/env.ts',
      'lib/base-path.ts',
      'lib/cli/build.mjs',
      'lib/cli/settings.ts',
      'next.config.mjs',
      'lib/server/listen-address.mjs',
      'lib/server/production.mjs',
      'instrumentation.ts',
      'proxy.ts',
    ],
    instead: 'add the setting to lib/env.ts and .env.example, and read it by readEnv()',
  },
  {
    name: 'fetch',
    isUsedBy: (node) =>
      node.type === 'CallExpression' && ['fetch', 'globalThis.fetch', 'window.fetch'].includes(dottedName(node.callee)),
    // The browser asks its own origin for what has changed.
    rooms: ['lib/connections.ts', 'components/live/answers.ts', 'components/live/send-act.ts'],
    instead: 'call lib/http.ts on the server and components/live in the browser',
  },
  {
    name: 'useRouter',
    isUsedBy: (node) => node.type === 'ImportSpecifier' && nameOf(node.imported) === 'useRouter',
    // Updates the page that is there, whatever its address.
    rooms: ['components/ui/use-pages.ts', 'components/live/live-refresh.tsx'],
    instead: 'call usePages(), whose addresses keep the region',
  },
  { packages: ['undici'], name: 'undici', rooms: ['lib/connections.ts'], instead: 'call lib/http.ts' },
  {
    packages: ['next/headers'],
    name: 'next/headers',
    rooms: ['lib/dashboard/access/visitors.ts', 'app/'],
    instead: 'pass the headers in',
  },
  {
    packages: ['next/cache'],
    name: 'next/cache',
    rooms: ['lib/dashboard/cache/cache.ts'],
    instead: 'pass a Cached in',
  },
  {
    packages: ['chart.js', 'react-chartjs-2'],
    name: 'chart.js',
    rooms: ['components/charts/'],
    instead: 'use a chart of components/charts',
  },
  {
    packages: ['redoc', 'styled-components', 'mobx', 'core-js'],
    name: 'redoc',
    rooms: ['components/api-docs/'],
    instead: 'only the page about the API is made of it',
  },
  {
    packages: ['node:http', 'node:https', 'node:net', 'node:tls', 'http', 'https'],
    name: 'node:http',
    // lib/auth/networks.ts compares addresses, and opens nothing.
    rooms: [
      'lib/simulation/server.ts',
      'lib/server/listen-address.mjs',
      'lib/server/server-front.mjs',
      'lib/auth/networks.ts',
    ],
    instead: 'ask through lib/http.ts, answer through a route',
  },
  {
    packages: ['@redis/client'],
    name: 'Redis',
    rooms: ['lib/dashboard/cache/shared-store.ts'],
    instead: 'use lib/dashboard/cache/shared-store.ts',
  },
  {
    packages: ['jose'],
    name: 'jose',
    rooms: ['lib/auth/session-cookie.ts'],
    instead: 'use lib/auth/session-cookie.ts',
  },
  {
    packages: ['yaml'],
    name: 'yaml',
    rooms: ['lib/openstack/cloud-yaml.ts'],
    instead: 'only clouds.yaml is YAML; read it through lib/openstack/cloud-yaml.ts',
  },
  {
    packages: ['pino'],
    name: 'pino',
    rooms: ['lib/dashboard/process/log.ts'],
    instead: 'use log() of lib/dashboard/process/log.ts',
  },
  { packages: ['msw'], name: 'msw', rooms: [], instead: 'only tests replace the network' },
];

const isIn = (file: string, rooms: string[]) =>
  rooms.some((room) => (room.endsWith('/') ? file.startsWith(room) : file === room));

function linesUsing(tool: Tool, source: Source): number[] {
  if ('isUsedBy' in tool) return source.nodes.filter(tool.isUsedBy).map(({ start }) => source.lineAt(start));
  return source.imports
    .filter(
      ({ target, isType }) => !isType && tool.packages.some((name) => target === name || target.startsWith(`${name}/`)),
    )
    .map(({ line }) => line);
}

export const TOOL_RULES = TOOLS.map(
  (tool): Rule => ({
    name: `${tool.name} stays in its room`,
    find: ({ sources }) =>
      sources
        .filter(({ file }) => !isIn(file, tool.rooms))
        .flatMap((source) =>
          linesUsing(tool, source).map(
            (line) =>
              `${source.file}:${line} uses ${tool.name}: only ${tool.rooms.join(', ') || 'tests'} may; ${tool.instead}`,
          ),
        ),
  }),
);

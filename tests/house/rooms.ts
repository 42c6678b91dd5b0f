import { DASHBOARD, DASHBOARD_TABLE, WIRE } from './rooms-of-dashboard';
import { FILES, type Room, TOOLS } from './rooms-of-files';

const REACT = ['react', 'react-dom', 'next/navigation', 'next/dynamic', 'swr'];
/** What runs in the browser, too: a what-if is computed anew with every click. */
const IN_BROWSER = [
  ...TOOLS,
  'lib/format',
  'lib/contract/choices',
  'lib/domain/cluster/levels',
  'lib/domain/plans/states',
  'lib/domain/plans/step-audits',
  'lib/domain/projection/*',
  'lib/domain/review/*',
];

const CLIENT = {
  may: [
    ...TOOLS,
    'lib/http',
    'lib/shape',
    'lib/lenient',
    'lib/errors',
    'lib/faults',
    'lib/tls-files',
    'zod',
    'yaml',
    'node:*',
  ],
  types: ['lib/connections', 'lib/proxies'],
  instead: 'a client knows its service and lib/http only; pass settings in, and let lib/readings join services',
};

/** Packages that a room of lib/domain needs. */
const PACKAGES: Record<string, string[]> = { 'audit-form': ['@cfworker/json-schema', 'croner'] };

/** Rooms of lib/domain, the lowest first: each may import those before it. */
const DOMAIN = [
  'cluster',
  'forecast',
  'plans',
  'projection',
  'vms',
  'review',
  'capacity',
  'explain',
  'doctor',
  'acts',
  'careful',
  'drain',
  'audit-form',
].map(
  (name, level, names): Room => ({
    room: `lib/domain/${name}/`,
    may: [
      ...TOOLS,
      ...(PACKAGES[name] ?? []),
      'lib/format',
      'lib/contract/choices',
      ...names.slice(0, level).map((lower) => `lib/domain/${lower}/*`),
    ],
    types: ['lib/readings/*', 'lib/contract/*', ...WIRE],
    instead:
      level === 0
        ? 'it is the lowest room of lib/domain; pass values in, or move the function to the room that calls it'
        : `inside lib/domain it may use ${names.slice(0, level).join(', ')} only, and types from outside; pass values in`,
  }),
);

const SERVER = {
  may: [
    ...TOOLS,
    'lib/env',
    'lib/errors',
    'lib/process-wide',
    'lib/auth/*',
    'node:*',
    ...['access', 'http', 'process'].map((name) => `lib/dashboard/${name}/*`),
  ],
  types: ['lib/contract/*'],
  instead: 'the front of the server knows access, http and process of lib/dashboard only; ask through one of them',
};

const component = (room: string, may: string[], instead: string): Room => ({
  room,
  may: [...REACT, ...IN_BROWSER, ...may.map((folder) => `components/${folder}/*`)],
  types: ['lib/contract/*'],
  instead,
});

export const ROOMS: Room[] = [
  ...FILES,
  {
    room: 'lib/auth/',
    may: [...TOOLS, 'jose', 'lru-cache', 'node:*'],
    instead: 'sessions and tokens know no dashboard; pass values in',
  },
  {
    room: 'lib/store/',
    may: [...TOOLS, 'kysely', 'libsql', 'pg', 'node:*'],
    instead: 'the store knows its database only; pass values in',
  },
  { room: 'lib/openstack/', ...CLIENT },
  { room: 'lib/prometheus/', ...CLIENT },
  {
    room: 'lib/readings/',
    may: [...TOOLS, 'lib/openstack/*', 'lib/prometheus/*', 'lib/errors'],
    types: ['lib/shape'],
    instead: 'readings know their clients only; take settings and cached values as arguments',
  },
  ...DOMAIN,
  { room: 'lib/contract/choices.ts', instead: 'browsers load it, so it may import nothing; put schemas beside it' },
  { room: 'lib/contract/', may: ['zod'], instead: 'the contract knows zod only; what it describes knows the contract' },
  {
    room: 'lib/simulation/',
    may: [...TOOLS, 'node:*', '@prometheus-io/lezer-promql', '@cfworker/json-schema', 'croner'],
    types: ['lib/openstack/*', 'lib/prometheus/*', '@lezer/common'],
    instead: 'the simulation speaks wire form: import types of the clients only',
  },
  ...DASHBOARD_TABLE,
  {
    room: 'lib/dashboard/',
    may: [...DASHBOARD, 'lib/dashboard/*', 'lib/contract/*', 'lib/domain/*'],
    types: ['zod'],
    instead: 'it joins the rooms of lib/dashboard; what it needs belongs in one of them',
  },
  { room: 'lib/server/', ...SERVER },
  // It starts what the others only use.
  {
    ...SERVER,
    room: 'lib/server/startup.ts',
    may: [...SERVER.may, 'lib/server/*', 'lib/dashboard/background', 'lib/dashboard/sources/*'],
  },
  {
    room: 'lib/cli/',
    may: [
      ...TOOLS,
      'lib/format',
      'lib/env',
      'lib/secret-files',
      'lib/connections',
      'lib/network-reasons',
      'lib/contract/*',
      'lib/server/node-version.mjs',
      'lib/server/production.mjs',
      'lib/server/settings-files.mjs',
      'package.json',
      'node:*',
    ],
    types: ['zod', 'lib/proxies'],
    instead: 'the command line asks the typed API; only ask-cloud.ts knows who answers',
  },
  // The command line without a server: its answers are those of the API.
  {
    room: 'lib/cli/ask-cloud.ts',
    may: [
      'zod',
      'lib/contract/*',
      'lib/dashboard/answers',
      'lib/dashboard/collect/examination',
      'lib/dashboard/process/*',
      'lib/dashboard/sources/regions',
      'lib/cli/*',
    ],
    instead: 'it asks the handlers of the API; put what is shown into a command',
  },
  {
    room: 'lib/cli/build.mjs',
    may: ['vite', 'node:*', 'lib/server/base-path.mjs'],
    instead: 'it only bundles the command line; compiled code belongs into another file',
  },
  {
    room: 'instrumentation.ts',
    may: ['lib/server/startup'],
    instead: 'it only hands over to lib/server/startup.ts; do it there',
  },
  {
    room: 'proxy.ts',
    may: ['next/server', 'node:crypto', 'lib/dashboard/access/*', 'lib/dashboard/http/*', 'lib/server/page-policy'],
    instead: 'it runs for every page; it may use access and http of lib/dashboard only',
  },
  {
    room: 'next.config.mjs',
    may: ['node:path', 'lib/server/base-path.mjs', 'lib/server/security-headers.mjs'],
    instead: 'Next loads it uncompiled; put shared values into a .mjs file of lib/server',
  },
  {
    room: 'components/ui/',
    may: ['react', 'react-dom', 'next/link', 'next/navigation', 'lib/format', 'lib/domain/cluster/levels', ...TOOLS],
    instead: 'components/ui knows nothing of the cloud; what does belongs in components/figures',
  },
  {
    room: 'components/charts/',
    may: [
      ...REACT,
      'chart.js',
      'react-chartjs-2',
      'components/ui/*',
      'lib/format',
      'lib/domain/cluster/levels',
      ...TOOLS,
    ],
    instead: 'charts know numbers, names and limits only; prepare the data where the chart is used',
  },
  component(
    'components/figures/',
    ['ui', 'live'],
    'figures may use ui and live only; move what pages share into figures',
  ),
  component('components/live/', ['ui'], 'it asks the API and knows no page; pass in what it needs'),
  component('components/moves/', ['ui', 'figures', 'charts', 'live'], 'pages share it, so it may know none of them'),
  component('components/widgets/', ['ui', 'figures', 'charts'], 'move what widgets share into components/figures'),
  component(
    'components/acts/',
    ['ui', 'figures', 'charts', 'live', 'moves'],
    'acts are offered by several pages, so they may know none of them',
  ),
  ...['audits', 'audit-form', 'plans', 'review', 'hosts', 'vms', 'doctor', 'capacity', 'activity'].map((page) =>
    component(
      `components/${page}/`,
      ['ui', 'figures', 'charts', 'live', 'moves', 'acts'],
      'pages know no other page; move what they share into components/moves or components/figures',
    ),
  ),
  {
    room: 'components/api-docs/',
    may: [...REACT, ...IN_BROWSER, 'redoc', ...['ui', 'charts', 'live'].map((folder) => `components/${folder}/*`)],
    instead: 'it shows the OpenAPI document and knows no page',
  },
  component('components/shell/', ['ui', 'figures', 'live'], 'the frame of every page knows no page'),
  component('components/widget-boundary.tsx', ['ui'], 'it catches what breaks in any widget, so it may know none'),
  {
    room: 'app/',
    may: [
      ...REACT,
      ...TOOLS,
      'next/*',
      'components/*',
      'lib/format',
      'lib/errors',
      'lib/contract/*',
      'package.json',
      'lib/dashboard/answers',
      ...['access', 'acts', 'careful', 'http', 'process', 'views'].map((name) => `lib/dashboard/${name}/*`),
    ],
    types: ['next', 'lib/domain/cluster/levels'],
    instead: 'pages compose slots from views; compute it in lib/dashboard/views or a component',
  },
];

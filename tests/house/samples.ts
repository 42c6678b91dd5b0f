/** For each rule files that break it, what it then says, and files that keep it. */
export type Sample = {
  breaks: Record<string, string>;
  says: string;
  keeps: Record<string, string>;
};

const functionOf = (parameters: string) => `export function f(${parameters}): void {}\n`;
const linesOf = (count: number) => 'x;\n'.repeat(count);

export const SAMPLES: Record<string, Sample> = {
  'imports go down only, as the table of rooms says': {
    breaks: { 'lib/readings/load.ts': "import { a } from 'lib';\nexport { readEnv } from '../env';\n" },
    says: 'lib/readings/load.ts:2 imports lib/env: readings know their clients only; take settings and cached values as arguments',
    keeps: {
      'lib/readings/load.ts': "import { ask } from '@/lib/prometheus/client';\nimport './host-load';\n",
      'lib/domain/review/score.ts': "import type { Review } from '@/lib/contract/v1/review';\n",
    },
  },
  'every row of the table of rooms has a file': {
    breaks: {},
    says: 'lib/readings/ has no file: take its row out of tests/house/rooms.ts',
    keeps: {},
  },
  'a widget knows no other widget': {
    breaks: { 'components/widgets/heat/index.tsx': "import { rank } from '../hottest/rank';\n" },
    says: 'components/widgets/heat/index.tsx:1 imports components/widgets/hottest/rank: move what both need into components/figures',
    keeps: { 'components/widgets/heat/index.tsx': "import './words';\nimport { widget } from '../widget';\n" },
  },
  'every widget is registered': {
    breaks: {
      'components/widgets/index.ts': "import { heat } from './heat';\n",
      'components/widgets/heat/index.tsx': '',
      'components/widgets/lost/index.tsx': '',
    },
    says: 'components/widgets/lost/ is not registered: add it to the list in components/widgets/index.ts, or delete it',
    keeps: {
      'components/widgets/index.ts': "import { heat } from './heat';\n",
      'components/widgets/heat/index.tsx': '',
      'components/widgets/heat/words.ts': '',
    },
  },
  'the simulation is loaded only where it is used': {
    breaks: { 'lib/dashboard/sources/sources.ts': "import { openSimulation } from '@/lib/simulation/simulation';\n" },
    says: 'lib/dashboard/sources/sources.ts:1 imports lib/simulation/simulation: load it by await import(), for demos only',
    keeps: {
      'lib/dashboard/sources/sources.ts':
        "import type { Simulation } from '@/lib/simulation/simulation';\nawait import('@/lib/simulation/simulation');\n",
    },
  },
  'no file imports itself through others': {
    breaks: {
      'lib/a.ts': "import { b } from './b';\n",
      'lib/b.ts': "export * from './c';\n",
      'lib/c.ts': "import type { A } from '@/lib/a';\n",
    },
    says: 'lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts: move what they share into a file of its own',
    keeps: {
      'lib/a.ts': "import './b';\nimport './c';\n",
      'lib/b.ts': "import './c';\n",
      'lib/c.ts': "void import('./a');\n",
    },
  },
  "every file of lib/dashboard begins with import 'server-only'": {
    breaks: { 'lib/dashboard/answers.ts': "import { readEnv } from '@/lib/env';\nimport 'server-only';\n" },
    says: "lib/dashboard/answers.ts:1 lacks import 'server-only': without it a browser could be sent this file",
    keeps: { 'lib/dashboard/answers.ts': "import 'server-only';\n", 'lib/env.ts': '' },
  },
  'tests replace nothing inside the house': {
    breaks: { 'tests/x.test.ts': "vi.mock('next/cache');\nvi.mock('@/lib/http', () => ({}));\n" },
    says: "tests/x.test.ts:2 replaces @/lib/http: pass another value in, or answer at the network's edge",
    keeps: { 'tests/x.test.ts': "vi.mock('next/cache', () => import('./cache'));\n" },
  },
  'process.env has one room': {
    breaks: { 'lib/readings/load.ts': 'const { TTL } = process.env;\n' },
    says: 'lib/readings/load.ts:1 uses process.env: only lib/env.ts, lib/server/production.mjs, instrumentation.ts, proxy.ts may; add the setting to lib/env.ts and .env.example, and read it by readEnv()',
    keeps: { 'lib/env.ts': 'process.env;\n', 'lib/http.ts': '// process.env\nexport const a = "process.env";\n' },
  },
  'fetch has one room': {
    breaks: { 'lib/openstack/nova.ts': 'await globalThis.fetch("x");\n' },
    says: 'lib/openstack/nova.ts:1 uses fetch: only lib/http.ts, components/live/answers.ts may; call lib/http.ts on the server and components/live/answers.ts in the browser',
    keeps: { 'components/live/answers.ts': 'fetch("x");\n', 'lib/a.ts': 'prefetch(); a.fetch();\n' },
  },
  'undici has one room': {
    breaks: { 'lib/openstack/session.ts': "import { type Agent, request } from 'undici';\n" },
    says: 'lib/openstack/session.ts:1 uses undici: only lib/http.ts may; call lib/http.ts',
    keeps: { 'lib/http.ts': "import 'undici';\n", 'lib/env.ts': "import type { Agent } from 'undici';\n" },
  },
  'next/headers has one room': {
    breaks: { 'components/shell/top-bar.tsx': "import { headers } from 'next/headers';\n" },
    says: 'components/shell/top-bar.tsx:1 uses next/headers: only lib/dashboard/access/visitors.ts, app/ may; pass the headers in',
    keeps: { 'app/page.tsx': "import { headers } from 'next/headers';\n" },
  },
  'next/cache has one room': {
    breaks: { 'lib/readings/load.ts': "import { revalidateTag } from 'next/cache';\n" },
    says: 'lib/readings/load.ts:1 uses next/cache: only lib/dashboard/cache/cache.ts may; pass a Cached in',
    keeps: { 'lib/dashboard/cache/cache.ts': "import { revalidateTag } from 'next/cache';\n" },
  },
  'chart.js has one room': {
    breaks: { 'components/hosts/load.tsx': "import { Chart } from 'chart.js/auto';\n" },
    says: 'components/hosts/load.tsx:1 uses chart.js: only components/charts/ may; use a chart of components/charts',
    keeps: { 'components/charts/bars.ts': "import { Bar } from 'react-chartjs-2';\n" },
  },
  'sockets and HTTP servers has one room': {
    breaks: { 'lib/server/door.ts': "const http = createRequire(import.meta.url)('node:http');\n" },
    says: 'lib/server/door.ts:1 uses sockets and HTTP servers: only lib/simulation/server.ts, lib/server/server-front.mjs, lib/auth/networks.ts may; ask through lib/http.ts, answer through a route',
    keeps: { 'lib/server/door.ts': "import type { IncomingMessage } from 'node:http';\n" },
  },
  'Redis has one room': {
    breaks: { 'lib/auth/throttle.ts': "import { createClient } from '@redis/client';\n" },
    says: 'lib/auth/throttle.ts:1 uses Redis: only lib/dashboard/cache/shared-store.ts may; use lib/dashboard/cache/shared-store.ts',
    keeps: { 'lib/dashboard/cache/shared-store.ts': "import { createClient } from '@redis/client';\n" },
  },
  'jose has one room': {
    breaks: { 'lib/auth/visitor.ts': "import { jwtDecrypt } from 'jose';\n" },
    says: 'lib/auth/visitor.ts:1 uses jose: only lib/auth/session-cookie.ts may; use lib/auth/session-cookie.ts',
    keeps: { 'lib/auth/session-cookie.ts': "import { jwtDecrypt } from 'jose';\n" },
  },
  'pino has one room': {
    breaks: { 'lib/readings/load.ts': "import { pino } from 'pino';\n" },
    says: 'lib/readings/load.ts:1 uses pino: only lib/dashboard/process/log.ts may; use log() of lib/dashboard/process/log.ts',
    keeps: { 'lib/dashboard/process/log.ts': "import { pino } from 'pino';\n" },
  },
  'msw has one room': {
    breaks: { 'lib/simulation/server.ts': "import { setupServer } from 'msw/node';\n" },
    says: 'lib/simulation/server.ts:1 uses msw: only tests may; only tests replace the network',
    keeps: { 'tests/http.test.ts': "import { setupServer } from 'msw/node';\n" },
  },
  'a function has at most three parameters': {
    breaks: { 'tests/build.ts': `\n${functionOf('a: 1, b: 2, c: 3, d: 4')}` },
    says: 'tests/build.ts:2 takes 4 parameters: pass the later ones as an object with names',
    keeps: {
      'lib/a.ts': `${functionOf('a: 1, b: 2, { c, d, e }: X')}${functionOf('this: Y, a: 1, b: 2, ...c: 3[]')}${functionOf('a: 1, b: 2, c: 3, d: 4 = {}')}`,
      'lib/b.ts': 'each((a, b, c, d) => a);\n',
    },
  },
  'nothing is any': {
    breaks: { 'lib/a.ts': 'export const a = [] as any[]; // a list\n' },
    says: 'lib/a.ts:1 says any: say unknown and check it, or give the type',
    keeps: { 'lib/a.ts': '// any\nexport const any: unknown = "any";\n' },
  },
  'a cast has a comment that says why it is right': {
    breaks: { 'lib/a.ts': '// Far above.\n\n\n\nexport const a = b as string;\n' },
    says: 'lib/a.ts:5 casts without a word: say above it why it is right, or narrow the type',
    keeps: {
      'lib/a.ts': '// `b` was checked.\nexport const a = b as string;\n',
      'lib/b.ts': "export const KEYS = ['a'] as const;\n",
    },
  },
  'exports have names': {
    breaks: { 'components/ui/tag.tsx': 'export default function Tag() {}\n' },
    says: 'components/ui/tag.tsx:1 exports a default: give the export its name',
    keeps: { 'app/page.tsx': 'export default function Page() {}\n', 'vitest.config.ts': 'export default {};\n' },
  },
  'no file only passes on what others export': {
    breaks: { 'lib/domain/index.ts': "export { a } from './a';\nexport type { B } from './b';\n" },
    says: 'lib/domain/index.ts is a barrel: import from the files themselves, and delete it',
    keeps: { 'components/widgets/index.ts': "import { heat } from './heat';\nexport const WIDGETS = [heat];\n" },
  },
  'no file exports all of another': {
    breaks: { 'lib/a.ts': "export const b = 1;\nexport * from './c';\n" },
    says: 'lib/a.ts:2 exports *: import from the file itself instead',
    keeps: { 'lib/a.ts': 'export const b = 1;\n' },
  },
  'a value that a file exports is used by another': {
    breaks: {
      'lib/a.ts': 'export const used = 1;\nexport function unused() {}\n',
      'lib/b.ts': "import { used } from './a';\n",
    },
    says: 'lib/a.ts:2 exports unused, which no other file uses: delete it, or only the word export',
    keeps: {
      'lib/a.ts': 'export const used = 1;\nexport type Result = 2;\n',
      'lib/b.ts': "export const b = 1;\nvoid import('@/lib/a');\n",
      'tests/b.test.ts': "import { b } from '@/lib/b';\n",
      'app/page.tsx': 'export const dynamic = 1;\n',
    },
  },
  'the domain has no clock, no chance and no timer': {
    breaks: { 'lib/domain/plans/plan.ts': 'export const age = (at: number) => new Date().getTime() - at;\n' },
    says: 'lib/domain/plans/plan.ts:1 uses new Date(): take the time or the value as a parameter',
    keeps: { 'lib/domain/plans/plan.ts': 'new Date(at);\nDate.parse(text);\n', 'lib/http.ts': 'Date.now();\n' },
  },
  'no code file has more than 250 lines': {
    breaks: { 'tests/long.test.ts': linesOf(251) },
    says: 'tests/long.test.ts has 251 lines of 250: move one of its jobs into a file of its own',
    keeps: { 'lib/long.ts': linesOf(250) },
  },
  'no style sheet has more than 200 lines': {
    breaks: { 'components/ui/ui.module.css': 'a {\n}\n'.repeat(101) },
    says: 'components/ui/ui.module.css has 202 lines of 200: give each component a sheet of its own',
    keeps: { 'components/ui/ui.module.css': 'a {\n}\n'.repeat(100) },
  },
  'a route only says what answers': {
    breaks: { 'app/hosts.csv/route.ts': linesOf(7) },
    says: 'app/hosts.csv/route.ts has 7 lines of 6: move its work to lib/dashboard/http',
    keeps: { 'app/hosts.csv/route.ts': linesOf(3), 'app/page.tsx': linesOf(7) },
  },
  'files are named in kebab case': {
    breaks: { 'components/ui/LoadBar.tsx': '' },
    says: 'components/ui/LoadBar.tsx is not in kebab case: name it as in host-list.ts',
    keeps: { 'components/ui/load-bar.tsx': '', 'tests/e2e/size-400.spec.ts': '', 'lib/a/b.module.css': '' },
  },
  'no file or folder is a drawer for everything': {
    breaks: { 'lib/utils.ts': '' },
    says: 'lib/utils.ts has a name that says nothing: name it after what it does, beside what uses it',
    keeps: { 'lib/units.ts': '', 'components/utilization.tsx': '' },
  },
  'no name stands in two folders of one room': {
    breaks: { 'lib/domain/explain/plan.ts': '', 'lib/domain/plans/plan.ts': '' },
    says: 'lib/domain/plans/plan.ts has a twin of its name in lib/domain/: name each after what only it does',
    keeps: { 'lib/domain/plans/plan.ts': '', 'lib/contract/plan.ts': '', 'lib/simulation/plan.ts': '' },
  },
  'no element has a style attribute or raw HTML': {
    breaks: { 'components/ui/bar.tsx': 'export const Bar = () => <i style={{ width: 1 }} />;\n' },
    says: 'components/ui/bar.tsx:1 sets style: the content policy drops it; use a class, or an SVG attribute for a length that comes from data',
    keeps: { 'components/ui/bar.tsx': 'const style = 1;\nexport const Bar = () => <rect width={style} />;\n' },
  },
  'colours are named in one sheet': {
    breaks: { 'components/ui/tag.module.css': '.tag {\n  color: #FFF;\n}\n' },
    says: 'components/ui/tag.module.css:2 says #FFF: use a colour token of app/globals.css, or add one there',
    keeps: {
      'app/globals.css': ':root { --ink: #111; }\n',
      'components/ui/tag.module.css': '.tag { color: var(--ink); }\n',
      'components/ui/tag.tsx': '// #fff\nexport const href = "#main";\n',
    },
  },
};

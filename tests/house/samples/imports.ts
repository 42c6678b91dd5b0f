import type { Sample } from '../house';

export const IMPORT_SAMPLES: Record<string, Sample> = {
  'imports follow the table of rooms': {
    breaks: { 'lib/readings/load.ts': "import { a } from 'lib';\nexport { readEnv } from '../env';\n" },
    says: 'lib/readings/load.ts:2 imports lib/env: readings know their clients only; take settings and cached values as arguments',
    keeps: {
      'lib/readings/load.ts': "import { ask } from '@/lib/prometheus/client';\nimport './host-load';\n",
      'lib/domain/review/score.ts': "import type { Review } from '@/lib/contract/v1/review';\n",
    },
  },
  'every room in the table exists': {
    breaks: {},
    says: 'lib/readings/ has no file: delete its row in tests/house/rooms.ts',
    keeps: {},
  },
  'widgets do not import each other': {
    breaks: {
      'components/widgets/heat/index.tsx': "import { hottest } from '../hottest';\n",
      'components/widgets/hottest/index.tsx': '',
    },
    says: 'components/widgets/heat/index.tsx:1 imports components/widgets/hottest: move the shared code to components/figures',
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
  'the simulation is imported dynamically': {
    breaks: { 'lib/dashboard/sources/sources.ts': "import { openSimulation } from '@/lib/simulation/simulation';\n" },
    says: 'lib/dashboard/sources/sources.ts:1 imports lib/simulation/simulation: use await import(), since only the demo needs it',
    keeps: {
      'lib/dashboard/sources/sources.ts':
        "import type { Simulation } from '@/lib/simulation/simulation';\nawait import('@/lib/simulation/simulation');\n",
    },
  },
  'imports form no cycle': {
    breaks: {
      'lib/a.ts': "import { b } from './b';\n",
      'lib/b.ts': "export * from './c';\n",
      'lib/c.ts': "import type { A } from '@/lib/a';\n",
    },
    says: 'lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts: move the shared code into a separate file',
    keeps: {
      'lib/a.ts': "import './b';\nimport './c';\n",
      'lib/b.ts': "import './c';\n",
      'lib/c.ts': "void import('./a');\n",
    },
  },
  "every file in lib/dashboard starts with import 'server-only'": {
    breaks: { 'lib/dashboard/answers.ts': "import { readEnv } from '@/lib/env';\nimport 'server-only';\n" },
    says: "lib/dashboard/answers.ts:1 lacks import 'server-only': without it this file could end up in the browser",
    keeps: { 'lib/dashboard/answers.ts': "import 'server-only';\n", 'lib/env.ts': '' },
  },
  'tests mock no module of the project': {
    breaks: { 'tests/x.test.ts': "vi.mock('next/cache');\nvi.mock('@/lib/http', () => ({}));\n" },
    says: 'tests/x.test.ts:2 mocks @/lib/http: pass another value in, or answer at the network instead',
    keeps: { 'tests/x.test.ts': "vi.mock('next/cache', () => import('./cache'));\n" },
  },
};

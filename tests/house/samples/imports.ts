import type { Sample } from '../house';

export const IMPORT_SAMPLES: Record<string, Sample> = {
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
};

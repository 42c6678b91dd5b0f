import type { Sample } from '../house';

const linesOf = (count: number) => 'x;\n'.repeat(count);

export const FILE_SAMPLES: Record<string, Sample> = {
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
};

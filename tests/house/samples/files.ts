import type { Sample } from '../house';

const linesOf = (count: number) => 'x;\n'.repeat(count);

export const FILE_SAMPLES: Record<string, Sample> = {
  'no code file has more than 250 lines': {
    breaks: { 'tests/long.test.ts': linesOf(251) },
    says: 'tests/long.test.ts has 251 lines (at most 250): move part of it into a separate file',
    keeps: { 'lib/long.ts': linesOf(250) },
  },
  'no style sheet has more than 200 lines': {
    breaks: { 'components/ui/ui.module.css': 'a {\n}\n'.repeat(101) },
    says: 'components/ui/ui.module.css has 202 lines (at most 200): split it by component',
    keeps: { 'components/ui/ui.module.css': 'a {\n}\n'.repeat(100) },
  },
  'routes have at most 6 lines': {
    breaks: { 'app/hosts.csv/route.ts': linesOf(7) },
    says: 'app/hosts.csv/route.ts has 7 lines (at most 6): move the work to lib/dashboard/http',
    keeps: { 'app/hosts.csv/route.ts': linesOf(3), 'app/page.tsx': linesOf(7) },
  },
  'file names are kebab case': {
    breaks: { 'components/ui/LoadBar.tsx': '' },
    says: 'components/ui/LoadBar.tsx is not kebab case: rename it, as in host-list.ts',
    keeps: { 'components/ui/load-bar.tsx': '', 'tests/e2e/size-400.spec.ts': '', 'lib/a/b.module.css': '' },
  },
  'no file or folder has a catch-all name': {
    breaks: { 'lib/utils.ts': '' },
    says: 'lib/utils.ts has a catch-all name: name it after what it does',
    keeps: { 'lib/units.ts': '', 'components/utilization.tsx': '' },
  },
  'file names are unique within a room': {
    breaks: { 'lib/domain/explain/plan.ts': '', 'lib/domain/plans/plan.ts': '' },
    says: 'lib/domain/plans/plan.ts shares its name with another file in lib/domain/: rename one after what only it does',
    keeps: { 'lib/domain/plans/plan.ts': '', 'lib/contract/plan.ts': '', 'lib/simulation/plan.ts': '' },
  },
};

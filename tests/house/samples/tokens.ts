import type { Sample } from '../house';

export const TOKEN_SAMPLES: Record<string, Sample> = {
  'spaces come from tokens where the scale has them': {
    breaks: { 'components/ui/tag.module.css': '.tag {\n  padding: 0 8px;\n}\n' },
    says: 'components/ui/tag.module.css:2 sets padding to 0 8px: use --space tokens from app/tokens.css, or --edge beside the edge of a panel',
    keeps: {
      'app/tokens.css': ':root { --space-2: 8px; }\n',
      'components/ui/tag.module.css': '.tag { padding: 0 var(--space-2); margin: 5px 18px; width: 8px; }\n',
    },
  },
  'every token that a sheet uses is defined': {
    breaks: { 'components/ui/tag.module.css': '.tag {\n  color: var(--inc);\n}\n' },
    says: 'components/ui/tag.module.css:2 uses --inc, which no sheet defines: correct the name, or add it to app/tokens.css',
    keeps: {
      'app/tokens.css': ':root { --ink: #111; --mono: var(--font-mono, Mono); }\n',
      'components/ui/tag.module.css': '.tag { --side: 4; color: var(--ink); width: var(--side); font: var(--mono); }\n',
    },
  },
  'every token is used': {
    breaks: { 'app/tokens.css': ':root {\n  --ink: #111;\n}\n' },
    says: 'app/tokens.css:2 defines --ink, which nothing uses: delete it',
    keeps: {
      'app/tokens.css': ':root { --ink: #111; --now: #222; --space-7: 40px; }\nbody { color: var(--ink); }\n',
      'components/charts/look.ts': "export const TOKENS = { now: '--now' };\n",
    },
  },
  'a style sheet belongs to one component': {
    breaks: {
      'components/ui/tag.module.css': '.tag {\n}\n',
      'components/ui/tag.tsx': "import styles from './tag.module.css';\n",
      'components/ui/kbd.tsx': "import styles from './tag.module.css';\n",
    },
    says: 'components/ui/tag.module.css is imported by components/ui/tag.tsx and components/ui/kbd.tsx: make a component of what they share, or split the sheet',
    keeps: {
      'components/ui/tag.module.css': '.tag {\n}\n',
      'components/ui/tag.tsx': "import styles from './tag.module.css';\n",
      'components/figures/bands.module.css': '.bands {\n}\n',
    },
  },
  'a style sheet takes no classes from another': {
    breaks: { 'components/ui/tag.module.css': '.tag {\n  composes: mark from "./mark.module.css";\n}\n' },
    says: 'components/ui/tag.module.css:2 composes mark from "./mark.module.css": use the component that has these styles',
    keeps: {
      'components/ui/tag.module.css': '.tag {\n  composes: mark;\n}\n',
      'components/widgets/host-map/legend.module.css':
        '.plain { composes: bands from "../../figures/bands.module.css"; }\n',
    },
  },
};

import type { Sample } from '../house';

export const SHEET_SAMPLES: Record<string, Sample> = {
  'radii and font sizes come from tokens': {
    breaks: { 'components/ui/tag.module.css': '.tag {\n  font: 600 12px / 20px var(--sans);\n}\n' },
    says: 'components/ui/tag.module.css:2 sets font to 600 12px / 20px var(--sans): use --text tokens from app/tokens.css',
    keeps: {
      'app/tokens.css': ':root { --text-m: 13px; }\n',
      'components/ui/tag.module.css':
        '.tag { font: 600 var(--text-s) / 20px var(--sans); border-radius: 50%; border-top-left-radius: var(--radius-s); }\n',
    },
  },
  'media and container queries use range syntax': {
    breaks: { 'components/ui/tag.module.css': '\n@media (max-width: 767px) {\n}\n' },
    says: 'components/ui/tag.module.css:2 uses max-width: write (width <= 767px)',
    keeps: { 'components/ui/tag.module.css': '@media (width < 768px) {\n  .tag { max-width: 20px; }\n}\n' },
  },
  'every class in a style sheet is used': {
    breaks: {
      'components/ui/tag.module.css': '.tag .old {\n}\n',
      'components/ui/tag.tsx': "import styles from './tag.module.css';\nstyles.tag;\n",
    },
    says: 'components/ui/tag.module.css defines .old, which nothing uses: delete it',
    keeps: {
      'components/ui/tag.module.css': '/* .old */\n.tag {\n  composes: mark from "./mark.module.css";\n}\n',
      'components/ui/mark.module.css': '.mark {\n}\n',
      'components/ui/tag.tsx': "import styles from './tag.module.css';\nstyles.tag;\n",
      'components/ui/tone.module.css': '.warm,\n.hot {\n}\n',
      'components/ui/tone.tsx': "import styles from './tone.module.css';\nstyles[level];\n",
    },
  },
  'every class that a component uses exists': {
    breaks: {
      'components/ui/tag.module.css': '.tag {\n}\n',
      'components/ui/tag.tsx': "import styles from './tag.module.css';\nstyles.tga;\n",
    },
    says: 'components/ui/tag.tsx:2 uses .tga, which components/ui/tag.module.css does not define: define it, or remove it',
    keeps: {
      'components/ui/tag.module.css': '.tag {\n}\n',
      'components/ui/tag.tsx': "import styles from './tag.module.css';\nstyles.tag;\nother.tga;\n",
    },
  },
};

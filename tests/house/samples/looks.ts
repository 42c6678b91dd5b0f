import type { Sample } from '../house';

export const LOOK_SAMPLES: Record<string, Sample> = {
  'no element has a style attribute or raw HTML': {
    breaks: { 'components/ui/bar.tsx': 'export const Bar = () => <i style={{ width: 1 }} />;\n' },
    says: 'components/ui/bar.tsx:1 sets style: the content security policy drops it; use a class, or an SVG attribute for lengths that come from data',
    keeps: { 'components/ui/bar.tsx': 'const style = 1;\nexport const Bar = () => <rect width={style} />;\n' },
  },
  'colours are defined in one style sheet': {
    breaks: { 'components/ui/tag.module.css': '.tag {\n  color: #FFF;\n}\n' },
    says: 'components/ui/tag.module.css:2 contains #FFF: use a colour token from app/tokens.css, or add one there',
    keeps: {
      'app/tokens.css': ':root { --ink: #111; }\n',
      'components/ui/tag.module.css': '.tag { color: var(--ink); }\n',
      'components/ui/tag.tsx': '// #fff\nexport const href = "#main";\n',
    },
  },
};

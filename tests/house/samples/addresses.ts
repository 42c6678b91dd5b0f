import type { Sample } from '../house';

export const ADDRESS_SAMPLES: Record<string, Sample> = {
  'addresses outside links have the base path': {
    breaks: { 'components/ui/find.tsx': 'export const Find = () => <form action="/find" />;\n' },
    says: 'components/ui/find.tsx:1 sets action of <form>: use Link, or withBase of lib/base-path.ts',
    keeps: {
      'components/ui/find.tsx':
        'export const Find = () => <form action={withBase("/find")}><a href="#main" /><Link href="/" /></form>;\n',
    },
  },
};

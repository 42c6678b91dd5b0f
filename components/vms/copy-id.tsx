'use client';

import { CopyText } from '../ui/copy-text';

export function CopyId({ id }: { id: string }) {
  return <CopyText make={() => id} file={{ name: 'vm-id.txt', type: 'text/plain' }} label="Copy id" />;
}

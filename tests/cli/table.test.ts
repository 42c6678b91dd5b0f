import { describe, expect, it } from 'vitest';
import { worst } from '@/lib/cli/command';
import { drawTable } from '@/lib/cli/table';

describe('a table of the command line', () => {
  it('has columns as wide as they need, with numbers at the right', () => {
    const rows = [
      { name: 'cmp-1', vms: 7 },
      { name: 'a-longer-name', vms: 120 },
    ];
    const table = drawTable<(typeof rows)[number]>(
      [
        { title: 'HOST', cell: ({ name }) => name },
        { title: 'VMS', isNumber: true, cell: ({ vms }) => String(vms) },
      ],
      rows,
    );
    expect(table).toEqual(['HOST           VMS', 'cmp-1            7', 'a-longer-name  120']);
  });

  it('shows nothing that a terminal would obey', () => {
    const [, row] = drawTable([{ title: 'VM', cell: (name: string) => name }], ['a\u001b[2Jb\u202ec']);
    expect(row).toBe('a [2Jb[U+202E]c');
  });
});

describe('the worst of several findings', () => {
  it('hides nothing that is known to be wrong behind what is unknown', () => {
    expect(worst([])).toBe('ok');
    expect(worst(['ok', 'unknown'])).toBe('unknown');
    expect(worst(['warning', 'unknown'])).toBe('warning');
    expect(worst(['critical', 'warning', 'unknown'])).toBe('critical');
  });
});

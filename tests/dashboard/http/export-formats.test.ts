import { describe, expect, it } from 'vitest';
import { namedFormat } from '@/lib/dashboard/http/export-formats';

describe('the format that Accept asks for', () => {
  it.each([
    [null, null],
    ['*/*', null],
    ['text/csv', 'csv'],
    ['Text/CSV; header=present', 'csv'],
    ['text/html, text/markdown', 'markdown'],
    ['text/csv, application/json', 'csv'],
    ['application/json, text/csv', null],
    ['text/csv, */*', 'csv'],
    ['text/csv;q=0.8, */*;q=0.1', 'csv'],
    ['text/csv;q=0.5, text/x-shellscript', 'commands'],
    ['text/csv;q=0.5, application/json', null],
    ['text/csv;q=0.5, application/*;q=0.9', null],
    ['text/csv;q=0', null],
    ['constructor, text/html', null],
  ])('of %s is %s', (accept, format) => {
    expect(namedFormat(accept)).toBe(format);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '@/package.json';

/** The form of Keep a Changelog 1.1.0. */
const SECTIONS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

const text = readFileSync('CHANGELOG.md', 'utf8');
const [head = '', ...releases] = text.split(/^## /m);
const entries = releases.map((release) => {
  const [title = '', ...body] = release.split('\n');
  const [, name = '', date = null] = /^(\S+)(?: - (\d{4}-\d\d-\d\d))?$/.exec(title) ?? [];
  const sections = [...release.matchAll(/^### (.+)$/gm)].map(([, section = '']) => section);
  return { title, name, date, sections, body: body.join('\n') };
});
const [unreleased, ...released] = entries;

const numbersOf = (name: string) => name.split('.').map(Number);
const isLater = (a: string, b: string): boolean => {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return (left[at] ?? 0) > (right[at] ?? 0);
};

describe('the changelog', () => {
  it('begins with what is unreleased, and has the version of this package next', () => {
    expect(head).toMatch(/^# Changelog\n/);
    expect(unreleased?.title).toBe('Unreleased');
    expect(released[0]?.name).toBe(version);
  });

  it('has a version and a date for each release, the latest first', () => {
    for (const { title, name, date } of released) {
      expect(name, title).toMatch(/^\d+\.\d+\.\d+$/);
      expect(date, title).not.toBeNull();
    }
    for (const [index, later] of released.slice(0, -1).entries()) {
      const earlier = released[index + 1];
      expect(isLater(later.name, earlier?.name ?? ''), later.title).toBe(true);
      expect((later.date ?? '') >= (earlier?.date ?? ''), later.title).toBe(true);
    }
  });

  it('has the six sections only, in their order, each once and with something in it', () => {
    for (const { title, sections, body } of entries) {
      expect(sections, title).toEqual(SECTIONS.filter((section) => sections.includes(section)));
      for (const section of body.split(/^### /m).slice(1)) expect(section, title).toMatch(/^- \S/m);
    }
  });
});

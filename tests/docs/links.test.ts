import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Links between the pages of the documentation, and from the program to them. */

const PAGES = ['.', 'docs', 'docs/deploy', 'tests/bench'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');
const read = (page: string) => withoutCode(readFileSync(page, 'utf8'));

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const anchorsIn = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const linksIn = (page: string): string[] =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"\s]+)"/g)]
    .map(([, target, other]) => target ?? other ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

function problemOf(page: string, link: string): string | null {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return `${page}: there is no ${target}`;
  if (anchor === undefined || statSync(target).isDirectory()) return null;
  return anchorsIn(target).includes(anchor) ? null : `${page}: ${target} has no heading for #${anchor}`;
}

describe('the documentation', () => {
  it.each(PAGES)('has no broken link in %s', (page) => {
    expect(linksIn(page).flatMap((link) => problemOf(page, link) ?? [])).toEqual([]);
  });
  it('names only files that exist', () => {
    // Others name files of the past, and files to create.
    const pages = PAGES.filter((page) => !/(?:CHANGELOG|widgets)\.md$/.test(page));
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:app|components|lib|tests)\/[\w./-]+\.\w+)`/g)].map(([, file = '']) => ({
        page,
        file,
      })),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ file }) => !existsSync(file))).toEqual([]);
  });

  it('lists each of its pages in the index', () => {
    const pages = PAGES.filter((page) => path.dirname(page) === 'docs' && page !== 'docs/README.md');
    const listed = linksIn('docs/README.md').map((link) => path.join('docs', link));
    expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
  });
});

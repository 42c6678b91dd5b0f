import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { readShown } from './pictures/shown';

/** What people read leads to places that exist. */

const PAGES = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
  'tests/bench/README.md',
];

type Page = { links: string[]; anchors: Set<string> };

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** As GitHub and GitLab make them of headings. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

function read(file: string): Page {
  const page: Page = { links: [], anchors: new Set() };
  const visit = (node: Nodes): void => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') page.links.push(node.url);
    if (node.type === 'html')
      for (const [, url = ''] of node.value.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)) page.links.push(url);
    if (node.type === 'heading') {
      const name = slug(textOf(node));
      for (let anchor = name, again = 1; ; anchor = `${name}-${again++}`) {
        if (page.anchors.has(anchor)) continue;
        page.anchors.add(anchor);
        break;
      }
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(readFileSync(file, 'utf8'), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return page;
}

const READ = new Map(PAGES.map((file) => [file, read(file)]));

/** What is wrong with a link of a page; null if nothing is, or if it leads elsewhere. */
function problemOf(file: string, link: string): string | null {
  if (/^[a-z]+:/.test(link)) return null;
  const [address = '', anchor] = link.split('#');
  const target = address === '' ? file : path.join(path.dirname(file), address);
  if (!existsSync(target)) return `${link}: there is no ${target}`;
  const anchors = READ.get(path.normalize(target))?.anchors;
  return anchor === undefined || anchors === undefined || anchors.has(anchor) ? null : `${link}: no such heading`;
}

describe('the documentation', () => {
  it.each(PAGES)('%s leads to files and headings that exist', (file) => {
    expect(
      READ.get(file)
        ?.links.map((link) => problemOf(file, link))
        .filter(Boolean),
    ).toEqual([]);
  });

  it('has every picture that it knows the words of, uses it, and knows those of all', () => {
    const used = [...READ].flatMap(([file, { links }]) => links.map((link) => path.join(path.dirname(file), link)));
    const files = readdirSync('docs/pictures').filter((name) => name.endsWith('.png'));
    expect(files.toSorted()).toEqual(
      Object.keys(readShown())
        .map((name) => `${name}.png`)
        .toSorted(),
    );
    for (const name of files) expect(used, name).toContain(path.join('docs/pictures', name));
  });

  it('is found by its index', () => {
    const listed = READ.get('docs/README.md')?.links ?? [];
    const pages = PAGES.filter((file) => path.dirname(file) === 'docs' && file !== 'docs/README.md');
    expect(pages.map((file) => path.basename(file)).filter((name) => !listed.includes(name))).toEqual([]);
  });
});

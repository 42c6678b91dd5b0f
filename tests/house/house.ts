import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openSource, type Source } from './source';

export type Sheet = { file: string; text: string; lineCount: number };

export type House = {
  /** `app`, `components`, `lib` and what Next wants beside them. */
  sources: Source[];
  /** Tests and what they need, their settings included. */
  tests: Source[];
  sheets: Sheet[];
};

export type Rule = {
  /** What is true of the house, as a sentence. */
  name: string;
  /** What breaks the rule: where, and what to do instead. */
  find: (house: House) => string[];
};

/** For a rule files that break it, what it then says, and files that keep it. */
export type Sample = {
  breaks: Record<string, string>;
  says: string | string[];
  keeps: Record<string, string>;
};

/** Finds the file that an import means; nothing for packages. */
export function openFinder(sources: Source[]): (target: string) => Source | undefined {
  const files = new Map(sources.map((source) => [source.file, source]));
  const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
  return (target) => endings.map((ending) => files.get(`${target}${ending}`)).find((file) => file !== undefined);
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['app', 'components', 'lib', 'tests'];
const LEFT_OUT = /^tests\/(fixtures|bench\/empty-page|clients\/(out|use|node_modules))\//;

/** @param files their texts, by their paths from the root */
export function openHouse(files: Record<string, string>): House {
  const texts = Object.entries(files).filter(([file]) => !LEFT_OUT.test(file));
  const code = texts.filter(([file]) => /\.(ts|tsx|mjs)$/.test(file)).map(([file, text]) => openSource(file, text));
  const isTest = ({ file }: Source) => file.startsWith('tests/') || file === 'vitest.config.ts';
  return {
    sources: code.filter((source) => !isTest(source)),
    tests: code.filter(isTest),
    sheets: texts
      .filter(([file]) => file.endsWith('.css'))
      .map(([file, text]) => ({ file, text, lineCount: text.trimEnd().split('\n').length })),
  };
}

export function readHouse(): House {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name))),
  );
  const beside = readdirSync(ROOT).filter((name) => /\.(ts|mjs)$/.test(name) && name !== 'next-env.d.ts');
  const files = [...below, ...beside].filter((file) => /\.(ts|tsx|mjs|css)$/.test(file) && !LEFT_OUT.test(file)).sort();
  return openHouse(Object.fromEntries(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')])));
}

import { version } from '@/package.json';

/** Settings that have another name than in an earlier version. */
export type Renamed = {
  from: string;
  to: string;
  /** The version with the new name. */
  since: string;
  /** The major version that no longer takes the old one. */
  until: number;
};

/** One row for each renamed setting, and one for its name with _FILE if it has that. Rows stay: they are what refuses old names later. */
export const RENAMED: readonly Renamed[] = [
  // There are two headers of the proxy since it can list roles.
  { from: 'AUTH_PROXY_HEADER', to: 'AUTH_PROXY_USER_HEADER', since: '1.0.0', until: 2 },
];

type Given = Record<string, string | undefined>;

/** What is asked of the table: another one, or another version, in tests. */
export type Names = { renamed: readonly Renamed[]; major: number };

const NAMES: Names = { renamed: RENAMED, major: Number.parseInt(version, 10) };

/** Gives settings under old names their new ones. Returns a sentence for each that can't be taken. */
export function takeOldNames(set: Given, { renamed, major }: Names = NAMES): string[] {
  const problems: string[] = [];
  for (const { from, to, since, until } of renamed) {
    const value = set[from];
    if (value === undefined) continue;
    if (major >= until) problems.push(`${from} has been called ${to} since ${since}; rename it`);
    else if (set[to] === undefined) set[to] = value;
    else if (set[to] !== value)
      problems.push(`${from} is the old name of ${to}, which says something else; remove ${from}`);
  }
  return problems;
}

/** A sentence for each old name that is still taken. @param names of all variables that are set */
export const listOldNames = (names: string[], { renamed, major }: Names = NAMES): string[] =>
  renamed
    .filter(({ from, until }) => names.includes(from) && major < until)
    .map(
      ({ from, to, until }) =>
        `${from} is now called ${to}. The old name still works in this version, but no longer in ${until}.0.`,
    );

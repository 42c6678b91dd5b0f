/** Standard deviation of what hosts use, 0 to 1, as Watcher computes it; null unless all of them are measured. @param use in percent */
export function spreadOf(hosts: string[], use: ReadonlyMap<string, number>): number | null {
  const shares = hosts.flatMap((name) => {
    const percent = use.get(name);
    return percent === undefined ? [] : [percent / 100];
  });
  if (shares.length === 0 || shares.length < hosts.length) return null;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
}

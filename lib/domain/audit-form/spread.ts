import { balanceOf } from '../projection/balance';

/** The spread of what hosts use, 0 to 1, as Watcher has it; null unless all of them are measured. @param use in percent */
export function spreadOf(hosts: string[], use: ReadonlyMap<string, number>): number | null {
  const balance = balanceOf(hosts.map((host) => ({ host, percentage: use.get(host) ?? null })));
  return balance === null || balance.left_out > 0 ? null : balance.spread / 100;
}

import type { Unreadable } from '@/lib/contract/v1/sources';
import type { Losses } from '@/lib/readings/losses';

/** What services sent that could not be read, counted by request and field, with one example each. */
export function summarizeLosses(losses: Losses): Unreadable[] {
  const groups = new Map<string, Unreadable>();
  for (const { what, field, lost, row, problem } of losses) {
    const key = JSON.stringify([what, field, lost]);
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, { request: what, lost, field, count: 1, example: `${row}: ${problem}` });
  }
  return [...groups.values()];
}

/** For people: "servers/detail: 1 row without flavor.vcpus, such as old-1: …". */
export function describeUnreadable({ request, lost, field, count, example }: Unreadable): string {
  const rows = `${count} ${count === 1 ? 'row' : 'rows'}`;
  const what =
    lost === 'row' ? `${rows} left out${field === null ? '' : ` for ${field}`}` : `${field} unknown in ${rows}`;
  return `${request}: ${what}; for example ${example}`;
}

import { isRecord } from '@/lib/is-record';
import { keptHere } from '../ui/kept';
import type { FinderRow } from './finder-rows';

/** What was opened from the finder last, in this browser only. */

/** Of each region, since names mean other things elsewhere. */
const keyHere = () => ['watcher-visio.recent', keptHere()?.value].filter(Boolean).join(' ');
const MOST = 5;
type Recent = Pick<FinderRow, 'name' | 'href'>;

const isRecent = (value: unknown): value is Recent =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  typeof value.href === 'string' &&
  // A page of this server only.
  /^\/(?!\/)/.test(value.href);

export function recentRows(): FinderRow[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(keyHere()) ?? '[]');
    return (Array.isArray(kept) ? kept.filter(isRecent) : [])
      .slice(0, MOST)
      .map(({ name, href }) => ({ key: `recent ${href}`, icon: 'clock', name, text: '', href }));
  } catch {
    return [];
  }
}

export function noteRecent({ name, href }: Recent): void {
  try {
    const others = recentRows().filter((row) => row.href !== href);
    const kept = [{ name, href }, ...others.map((row) => ({ name: row.name, href: row.href }))].slice(0, MOST);
    window.localStorage.setItem(keyHere(), JSON.stringify(kept));
  } catch {
    // A browser that stores nothing has no recent things.
  }
}

import type { Server } from '@/lib/openstack/records';
import type { ProjectNames } from '@/lib/readings/projects';

/**
 * Whether VMs match a search: every word is part of a name, an id, an address, or of the name of a project, host or flavor.
 * Fifty thousand VMs share a few hundred of the last three, so each of those is compared once.
 */
export function openMatcher(search: string, projects: ProjectNames): (server: Server) => boolean {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean).map(openWord);
  return (server) => words.every((matches) => matches(server));

  function openWord(word: string): (server: Server) => boolean {
    const mayBeId = /^[0-9a-f-]{2,36}$/.test(word);
    const mayBeAddress = /^[0-9a-f.:]{2,}$/.test(word);
    const pattern = new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
    const has = (text: string) => pattern.test(text);
    const host = once((name: string | null) => name !== null && has(name));
    const project = once((id: string) => id === word || has(projects.byId.get(id)?.name ?? ''));
    const flavor = once((known: Server['flavor']) => known !== null && has(known.name));
    return (server) =>
      has(server.name) ||
      (mayBeId && server.id.includes(word)) ||
      (mayBeAddress && (server.addresses?.includes(word) ?? false)) ||
      host(server.host) ||
      project(server.projectId) ||
      flavor(server.flavor);
  }
}

/** Remembers what was found for each key: thousands of VMs share a few hundred. */
export function once<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key) ?? of(key);
    known.set(key, found);
    return found;
  };
}

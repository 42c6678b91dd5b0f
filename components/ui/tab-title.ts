const PRODUCT = 'Watcher Visio';

/**
 * What the title of every tab ends with, so that tabs of two regions can be told apart. The server and scripts that set titles
 * take it from here: a refresh of the page sets the server's title again.
 *
 * @param region null where there is one only
 */
export const titleEnd = (region: string | null): string => (region === null ? PRODUCT : `${region} · ${PRODUCT}`);

/** The attribute by which the document says it, for scripts. */
export const titleAttribute = (end: string) => ({ 'data-title-end': end });

/** The title of a tab; in the browser only. */
export const titleHere = (name: string): string => `${name} · ${document.documentElement.dataset.titleEnd ?? PRODUCT}`;

/** What Watcher and the API call the scope of an audit that nothing limits. */
const FULL = 'Full Cluster';

/** Which hosts an audit looks at, as pages say it. */
export const scopeInWords = (scope: string): string => (scope === FULL ? 'the whole cluster' : scope);

/** Stands in for what lib/dashboard takes from Next, which the command line does without: there is no store and no request. */

export const unstable_cache = (): (() => Promise<never>) => () => Promise.reject(new Error('There is no store.'));

export const headers = (): Promise<never> => Promise.reject(new Error('There is no request.'));

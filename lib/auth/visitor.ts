/** Someone with access, and how this was established. */
export type Visitor = {
  name: string;
  by: 'open access' | 'session' | 'keystone token' | 'api token' | 'proxy' | 'server';
};

/** Reads a request's headers: web `Headers`, or those of a plain Node request. */
export type HeaderReader = { get(name: string): string | null };

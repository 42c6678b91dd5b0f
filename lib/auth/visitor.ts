/** Somebody who may look, and how this is known. */
export type Visitor = {
  name: string;
  by: 'nobody asks' | 'session' | 'keystone token' | 'api token' | 'proxy' | 'server';
};

/** What of a request tells who asks: web Headers, or those of a plain Node request behind the same function. */
export type HeaderReader = { get(name: string): string | null };

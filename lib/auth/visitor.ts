/** Someone with access, and how this was established. */
export type Visitor = {
  name: string;
  by: 'open access' | 'session' | 'keystone token' | 'api token' | 'proxy' | 'server';
  /** Keystone's id of the user; null if it is not known. */
  userId: string | null;
  /** Roles on the project, if this is known from how they were identified; else null. */
  roles: string[] | null;
};

/** Reads a request's headers: web `Headers`, or those of a plain Node request. */
export type HeaderReader = { get(name: string): string | null };

/** For headers of a plain Node request. */
export const headerReader = (headers: Record<string, string | string[] | undefined>): HeaderReader => ({
  get(name) {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  },
});

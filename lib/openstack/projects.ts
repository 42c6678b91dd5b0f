import { z } from 'zod';
import { SourceError } from '../errors';
import type { Http } from '../http';
import { ifReadable, rowsOf } from '../lenient';
import { parseJson } from '../shape';
import type { CloudSettings } from './clouds';
import type { Project } from './records';
import type { Tokens } from './tokens';

/** `all`: every project of the cloud; `own`: only those on which the account has a role, as Keystone denies it the whole list. */
export type ProjectList = { projects: Project[]; reach: 'all' | 'own' };

const linksSchema = ifReadable(z.object({ next: ifReadable(z.string()) }));
/** https://docs.openstack.org/api-ref/identity/v3/#list-projects */
const projectsSchema = z.object({
  projects: rowsOf(z.object({ id: z.string(), name: z.string(), domain_id: ifReadable(z.string()) })),
  links: linksSchema,
});
const domainsSchema = z.object({ domains: rowsOf(z.object({ id: z.string(), name: z.string() })) });

type Caller = { authUrl: string; token: string; http: Http };
type WireProject = z.output<typeof projectsSchema>['projects'][number];

/** More would be a Keystone that ignores the marker. */
const MOST_PAGES = 200;

/**
 * All projects with the names of their domains. Listing all needs the admin or a system reader role by Keystone's default
 * policy; without it, those of the account itself are listed.
 *
 * @throws SourceError of Keystone
 */
export async function listProjects(http: Http, { authUrl }: CloudSettings, tokens: Tokens): Promise<ProjectList> {
  const { id: token } = await tokens.current();
  try {
    return await listAs({ authUrl, token, http });
  } catch (error) {
    // The token was revoked or expired early: retry once with a new one.
    if (!(error instanceof SourceError) || error.status !== 401) throw error;
    return listAs({ authUrl, token: (await tokens.current(token)).id, http });
  }
}

async function listAs(caller: Caller): Promise<ProjectList> {
  const [all, domains] = await Promise.all([
    orDenied(listPages(caller, 'projects')),
    orDenied(readList(caller, 'domains', domainsSchema)),
  ]);
  const rows = all ?? (await listPages(caller, 'auth/projects'));
  const names = new Map(domains?.domains.map(({ id, name }) => [id, name]));
  return {
    projects: rows.map(({ id, name, domain_id: domain }) => ({ id, name, domain: names.get(domain ?? '') ?? null })),
    reach: all === null ? 'own' : 'all',
  };
}

/** Keystone sends everything at once unless it is told to limit its lists; then its links announce another page. */
async function listPages(caller: Caller, path: string): Promise<WireProject[]> {
  const all = new Map<string, WireProject>();
  let marker: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = marker === undefined ? '' : `?${new URLSearchParams({ marker })}`;
    const { projects, links } = await readList(caller, `${path}${query}`, projectsSchema);
    const before = all.size;
    for (const project of projects) all.set(project.id, project);
    marker = projects.at(-1)?.id;
    if (!links?.next || all.size === before) break;
  }
  return [...all.values()];
}

async function readList<S extends z.ZodType>({ authUrl, token, http }: Caller, path: string, schema: S) {
  const response = await http.send({ url: `${authUrl}/${path}`, headers: { 'x-auth-token': token } });
  const { status } = response;
  const what = path.replace(/\?.*/, '');
  if (status === 403)
    throw new SourceError('keystone', 'forbidden', `Keystone’s policy denies access to ${what}.`, { status });
  if (status < 200 || status > 299)
    throw new SourceError('keystone', 'http', `Keystone returned ${status} for ${what}.`, { status });
  return parseJson(response, schema, { source: 'keystone', what });
}

async function orDenied<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'forbidden') return null;
    throw error;
  }
}

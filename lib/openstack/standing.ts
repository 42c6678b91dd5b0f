import { z } from 'zod';
import { SourceError } from '../errors';
import type { Http } from '../http';
import { ifReadable, rowsOf } from '../lenient';
import { parseJson } from '../shape';
import type { CloudSettings } from './clouds';

/** What Keystone says about a user now: whether the account may still sign in, and the names of its roles on a project. */
export type Standing = { isEnabled: boolean; roles: string[] };

const userSchema = z.object({ user: z.object({ enabled: ifReadable(z.boolean()) }) });
/** https://docs.openstack.org/api-ref/identity/v3/#list-role-assignments */
const assignmentsSchema = z.object({
  role_assignments: rowsOf(z.object({ role: z.object({ name: z.string() }) })),
});

type Asked = { userId: string; projectId: string; token: string };

/**
 * Asks with the dashboard's own account. Roles of groups and implied roles are included.
 *
 * @throws SourceError of Keystone if it can't say; `forbidden` if its policy keeps this account from asking
 */
export async function readStanding(http: Http, { authUrl }: CloudSettings, asked: Asked): Promise<Standing> {
  const { userId, projectId, token } = asked;
  const get = async (what: string, path: string) => {
    const response = await http.send({ url: `${authUrl}/${path}`, headers: { 'x-auth-token': token } });
    const { status } = response;
    if (status === 403)
      throw new SourceError('keystone', 'forbidden', `Keystone’s policy denies access to ${what}.`, { status });
    if (status !== 404 && (status < 200 || status > 299))
      throw new SourceError('keystone', 'http', `Keystone returned ${status} for ${what}.`, { status });
    return response;
  };
  const user = await get('users', `users/${encodeURIComponent(userId)}`);
  if (user.status === 404) return { isEnabled: false, roles: [] };
  const origin = { source: 'keystone', what: 'users' } as const;
  if (parseJson(user, userSchema, origin).user.enabled === false) return { isEnabled: false, roles: [] };
  const query = new URLSearchParams({ 'user.id': userId, 'scope.project.id': projectId });
  const assignments = await get('role_assignments', `role_assignments?${query}&effective&include_names`);
  if (assignments.status === 404)
    throw new SourceError('keystone', 'missing', 'Keystone has no role_assignments.', { status: 404 });
  const found = parseJson(assignments, assignmentsSchema, { source: 'keystone', what: 'role_assignments' });
  return { isEnabled: true, roles: found.role_assignments.map(({ role }) => role.name) };
}

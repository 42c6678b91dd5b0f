import { ok, PREFIXES, type Reply } from '../wire';
import { fault, NO_SUCH_URL, type NovaRequest, notFound, refuseByPolicy } from './reply';

/** Tags of a server, from 2.26 on. Setting one leaves `updated` as it was. */

const TAGS = 26;
/** In other states Nova changes no tags. */
const STEADY = ['ACTIVE', 'PAUSED', 'SUSPENDED', 'SHUTOFF'];

export function serverTags(request: NovaRequest, id: string, name: string | undefined): Reply {
  const { cloud, minor, method, origin } = request;
  if (minor < TAGS) return NO_SUCH_URL;
  const server = cloud.servers.find((one) => one.id === id && one.deletedAt === undefined);
  if (!server) return notFound(`Instance ${id} could not be found.`);
  const tags = server.tags ?? [];
  if (name === undefined) return method === 'GET' ? ok({ tags }) : NO_SUCH_URL;
  const tag = decodeURIComponent(name);
  const has = tags.includes(tag);
  const missing = notFound(`Server ${id} has no tag '${tag}'`);
  if (method === 'GET') return has ? NOTHING : missing;
  if (method !== 'PUT' && method !== 'DELETE') return NO_SUCH_URL;
  const action = method === 'PUT' ? 'update' : 'delete';
  const refused = refuseByPolicy(request, `os_compute_api:os-server-tags:${action}`);
  if (refused) return refused;
  if (!STEADY.includes(server.status)) {
    const state = server.status.toLowerCase();
    return fault(409, 'conflictingRequest', `Cannot '${action} tag' instance ${id} while it is in vm_state ${state}`);
  }
  if (method === 'DELETE') {
    if (!has) return missing;
    server.tags = tags.filter((other) => other !== tag);
    return NOTHING;
  }
  if (has) return NOTHING;
  server.tags = [...tags, tag].sort();
  const location = `${origin}${PREFIXES.nova}/v2.1/servers/${id}/tags/${encodeURIComponent(tag)}`;
  return { status: 201, body: '', headers: { location } };
}

const NOTHING: Reply = { status: 204, body: '' };

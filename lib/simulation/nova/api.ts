import { ok, PREFIXES, type Reply, readVersion, type ServiceRequest } from '../wire';
import { aggregates, flavor, flavors, serverGroups } from './catalog';
import { hypervisor, hypervisors, statistics } from './hypervisors';
import { migrations } from './migrations';
import { fault, NO_SUCH_URL, type NovaRequest } from './reply';
import { serverMigrations } from './server-migrations';
import { serverTags } from './server-tags';
import { server, servers } from './servers';
import { changeService, services } from './services';

/** The part of Nova's API that dashboards use. https://docs.openstack.org/api-ref/compute/ */

const VERSIONS = { service: 'compute', major: 2, lowest: 1, highest: 96 };

export function answerNova(request: ServiceRequest): Reply {
  const { path, headers, origin, engine } = request;
  if (path === '') return ok({ versions: [oldVersion(origin), currentVersion(origin)] });
  if (path === '/v2.1') {
    const describedBy = { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' };
    const current = currentVersion(origin);
    const type = 'application/vnd.openstack.compute+json;version=2.1';
    return ok({
      version: {
        ...current,
        links: [...current.links, describedBy],
        'media-types': [{ base: 'application/json', type }],
      },
    });
  }
  // Up to 2.26 the version is in Nova's own header.
  const legacy = headers.get('x-openstack-nova-api-version');
  const wanted = headers.get('openstack-api-version') ?? (legacy === null ? null : `compute ${legacy}`);
  const version = readVersion(wanted, VERSIONS);
  if ('refused' in version) {
    return version.malformed
      ? fault(
          400,
          'badRequest',
          `API Version String ${version.refused} is of invalid format. Must be of format MajorNum.MinorNum.`,
        )
      : fault(
          406,
          'computeFault',
          `Version ${version.refused} is not supported by the API. Minimum is 2.1 and maximum is 2.${VERSIONS.highest}.`,
        );
  }
  const { minor } = version;
  const requestId = engine.requestId();
  const reply = answerRoute({ ...request, route: path.replace(/^\/v2\.1/, ''), minor });
  return {
    ...reply,
    headers: {
      'openstack-api-version': `compute 2.${minor}`,
      'x-openstack-nova-api-version': `2.${minor}`,
      'x-openstack-request-id': requestId,
      'x-compute-request-id': requestId,
      vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
    },
  };
}

function answerRoute(request: NovaRequest): Reply {
  const [, resource = '', id = null, more] = /^\/([^/]+)(?:\/([^/]+))?(\/.*)?$/.exec(request.route) ?? [];
  const [, isMigrations, number] = /^\/(migrations)(?:\/([^/]+))?$/.exec(more ?? '') ?? [];
  if (resource === 'servers' && id !== null && isMigrations) return serverMigrations(request, id, number);
  const [, isTags, tag] = /^\/(tags)(?:\/([^/]+))?$/.exec(more ?? '') ?? [];
  if (resource === 'servers' && id !== null && isTags) return serverTags(request, id, tag);
  if (resource === 'os-services' && id !== null && request.method === 'PUT') return changeService(request, id);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return fault(403, 'forbidden', 'The simulated cloud does not do this.');
  }
  if (more !== undefined) return NO_SUCH_URL;
  switch (resource) {
    case 'servers':
      return id === null || id === 'detail' ? servers(request, id === 'detail') : server(request, id);
    case 'os-hypervisors':
      if (id === 'statistics') return statistics(request);
      return id === null || id === 'detail' ? hypervisors(request, id === 'detail') : hypervisor(request, id);
    case 'os-services':
      return id === null ? services(request) : NO_SUCH_URL;
    case 'os-aggregates':
      return aggregates(request, id);
    case 'os-migrations':
      return id === null ? migrations(request) : NO_SUCH_URL;
    case 'os-server-groups':
      return serverGroups(request, id);
    case 'flavors':
      return id === null || id === 'detail' ? flavors(request, id === 'detail') : flavor(request, id);
    default:
      return NO_SUCH_URL;
  }
}

const oldVersion = (origin: string) => ({
  id: 'v2.0',
  status: 'SUPPORTED',
  version: '',
  min_version: '',
  updated: '2011-01-21T11:33:21Z',
  links: [{ rel: 'self', href: `${origin}${PREFIXES.nova}/v2/` }],
});

const currentVersion = (origin: string) => ({
  id: 'v2.1',
  status: 'CURRENT',
  version: `2.${VERSIONS.highest}`,
  min_version: `2.${VERSIONS.lowest}`,
  updated: '2013-07-23T11:33:21Z',
  links: [{ rel: 'self', href: `${origin}${PREFIXES.nova}/v2.1/` }],
});

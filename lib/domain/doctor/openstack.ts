import type { DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Examination } from '@/lib/readings/examination';
import type { HostIndex } from '../cluster/host-index';
import { isComputeHost } from '../cluster/host-index';
import { inventoriesByHost } from '../cluster/inventories';
import { checksOf, judge, ofAll } from './check';

const check = checksOf('OpenStack');

const NAMES = { nova: 'Nova', placement: 'Placement', watcher: 'Watcher' } as const;
/** What newer versions would tell, where they are not offered. */
const WISHES: Record<keyof typeof NAMES, { version: number; lacks: string }[]> = {
  nova: [
    { version: 47, lacks: 'flavors come from a list of their own, so those of deleted flavors are not known' },
    { version: 64, lacks: 'the rules of server groups are not told' },
    { version: 96, lacks: 'the zone that a VM was asked for in is not told, so moves across zones are warnings only' },
  ],
  placement: [{ version: 18, lacks: 'traits can’t be looked up' }],
  watcher: [{ version: 5, lacks: 'Watcher gives no status messages, so why an audit failed is only in its log' }],
};

/** Token, catalog, versions, and what Nova and Placement give. */
export function examineOpenStack(examination: Examination, index: HostIndex): DoctorCheck[] {
  const { account, hypervisors, servers } = examination;
  return [
    check(
      'token',
      'Keystone gives a token',
      judge(account, 'Check OS_AUTH_URL and the credentials, as `openstack token issue` uses them.', (token) => ({
        status: 'ok',
        evidence: `User ${token.user ?? 'unknown'} on project ${token.project ?? 'unknown'}, valid for ${Math.round(token.lifetimeMs / 60_000)} minutes.`,
      })),
    ),
    check(
      'roles',
      'The account has the roles it needs',
      judge(account, 'Nothing can be said of roles without a token.', ({ roles }) =>
        roles.includes('admin')
          ? { status: 'ok', evidence: `Roles: ${roles.join(', ')}.` }
          : {
              status: 'warning',
              evidence: `Roles: ${roles.join(', ') || 'none'}; admin is not among them.`,
              fix: 'By default Nova, Placement and Watcher tell these things to admins only. Give the account the admin role on its project, or change the policies.',
            },
      ),
    ),
    ...(['nova', 'placement', 'watcher'] as const).map((service) => location(examination, service)),
    check(
      'hosts',
      'Nova lists its compute hosts',
      judge(
        hypervisors,
        'Look at the policy os_compute_api:os-hypervisors:list-detail, and at the role of the account.',
        (all) => {
          const computes = all.filter(isComputeHost);
          const down = computes.filter(({ state }) => state === 'down').map(({ host }) => host);
          const disabled = computes.filter(({ status }) => status === 'disabled').map(({ host }) => host);
          if (computes.length === 0)
            return {
              status: 'error',
              evidence: 'No compute host.',
              fix: 'Look whether this is the right region, and at `openstack hypervisor list`.',
            };
          return {
            status: down.length > 0 ? 'warning' : 'ok',
            evidence: `${computes.length} hosts, ${down.length} down, ${disabled.length} disabled.`,
            details: [...down.map((host) => `${host} is down`), ...disabled.map((host) => `${host} is disabled`)],
            fix: down.length > 0 ? 'Watcher plans around hosts that are down. Look at nova-compute there.' : null,
          };
        },
      ),
    ),
    check(
      'vms',
      'Nova lists the VMs of all projects',
      judge(
        servers,
        'Look at the policy os_compute_api:servers:index:get_all_tenants, and at the role of the account.',
        (all) => ({
          status: all.length > 0 ? 'ok' : 'warning',
          evidence: `${all.length} VMs.`,
          fix:
            all.length > 0
              ? null
              : 'A cloud without VMs has nothing to optimize; else look at the role of the account.',
        }),
      ),
    ),
    check('placement-hosts', 'Placement knows every host', placementHosts(examination, index)),
  ];
}

function location({ locations }: Examination, service: keyof typeof NAMES): DoctorCheck {
  const name = NAMES[service];
  const fix =
    service === 'watcher'
      ? 'Look at `openstack catalog list`: Watcher is of type infra-optim. WATCHER_ENDPOINT_NAME and WATCHER_INTERFACE_NAME say it otherwise.'
      : 'Look at `openstack catalog list`, and at OS_REGION_NAME and OS_INTERFACE.';
  return check(
    `endpoint-${service}`,
    `${name} is in the catalog, and speaks`,
    judge(locations[service], fix, ({ region, versions }) => {
      if (versions === null)
        return {
          status: 'warning',
          evidence: `Found${region ? ` in region ${region}` : ''}, but its versions can’t be read.`,
          fix: 'A proxy in front may hide its version document; a modest version is used meanwhile.',
        };
      const highest = Number(versions[1].split('.')[1]);
      const lacks = WISHES[service].filter(({ version }) => highest < version).map((wish) => wish.lacks);
      return {
        status: 'ok',
        evidence: `Found${region ? ` in region ${region}` : ''}; versions ${versions[0]} to ${versions[1]}.`,
        details: lacks,
      };
    }),
  );
}

function placementHosts({ allocations, hypervisors }: Examination, index: HostIndex) {
  return judge(
    allocations,
    'Look at the role of the account, or read CAPACITY_SOURCE=openstack-exporter.',
    (source) => {
      const known = inventoriesByHost(source, index);
      const hosts = index.hosts;
      const missing = hosts.filter((host) => !known?.has(host));
      return {
        status: missing.length === 0 ? ('ok' as const) : ('warning' as const),
        evidence: `${ofAll(hosts.length - missing.length, hosts.length, 'hosts')} have inventories there.`,
        details: missing.map((host) => `${host} has none`),
        fix:
          missing.length === 0 || hypervisors.value === null
            ? null
            : 'Without them room can’t be checked. nova-compute makes them when it starts; look at its log there.',
      };
    },
  );
}

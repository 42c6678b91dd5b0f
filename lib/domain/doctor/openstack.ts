import { formatCount } from '@/lib/format';
import type { Examination } from '@/lib/readings/examination';
import type { HostIndex } from '../cluster/host-index';
import { inventoriesByHost } from '../cluster/inventories';
import { checksOf, type Finding, judge, ofAll, type RawCheck, unread } from './check';

const check = checksOf('OpenStack');

const NAMES = { nova: 'Nova', placement: 'Placement', watcher: 'Watcher' } as const;
/** What is missing below a microversion. */
const WISHES: Record<keyof typeof NAMES, { version: number; lacks: string }[]> = {
  nova: [
    {
      version: 47,
      lacks: 'flavors come from a separate list, so the flavors of VMs whose flavor was deleted are unknown',
    },
    { version: 64, lacks: 'the rules of server groups are not reported' },
    {
      version: 96,
      lacks: 'the zone that a VM was requested in is not reported, so moves across zones are only warnings',
    },
  ],
  placement: [{ version: 18, lacks: 'traits can’t be checked' }],
  watcher: [{ version: 5, lacks: 'there are no status messages, so only Watcher’s log says why an audit failed' }],
};

/** Token, catalog, versions, and what Nova and Placement report. */
export function examineOpenStack(examination: Examination, index: HostIndex): RawCheck[] {
  const { account, hypervisors, servers } = examination;
  return [
    check(
      'token',
      'Keystone issues a token',
      judge(account, 'Check OS_AUTH_URL and the credentials: `openstack token issue` uses the same.', (token) => ({
        status: 'ok',
        evidence: `User ${token.user ?? 'unknown'} on project ${token.project ?? 'unknown'}, valid for ${Math.round(token.lifetimeMs / 60_000)} minutes.`,
      })),
    ),
    check(
      'roles',
      'The account has the roles it needs',
      judge(account, 'Get a token first: the roles are part of it.', ({ roles }) =>
        roles.includes('admin')
          ? { status: 'ok', evidence: `Roles: ${roles.join(', ')}.` }
          : {
              status: 'warning',
              evidence: `Roles: ${roles.join(', ') || 'none'}; admin is missing.`,
              fix: 'By default, Nova, Placement and Watcher show this only to admins. Give the account the admin role on its project, or change the policies.',
            },
      ),
    ),
    ...(['nova', 'placement', 'watcher'] as const).map((service) => location(examination, service)),
    check(
      'hosts',
      'Nova lists its compute hosts',
      judge(
        hypervisors,
        'Check the policy os_compute_api:os-hypervisors:list-detail and the role of the account.',
        () => {
          const computes = index.records.map(({ kept }) => kept);
          const down = computes.filter(({ state }) => state === 'down').map(({ host }) => host);
          const disabled = computes.filter(({ status }) => status === 'disabled').map(({ host }) => host);
          if (computes.length === 0)
            return {
              status: 'error',
              evidence: 'Nova lists no compute host.',
              fix: 'Check the region, and the output of `openstack hypervisor list`.',
            };
          return {
            status: down.length > 0 ? 'warning' : 'ok',
            evidence: `${computes.length} hosts, ${down.length} down, ${disabled.length} disabled.`,
            details: [...down.map((host) => `${host} is down`), ...disabled.map((host) => `${host} is disabled`)],
            fix: down.length > 0 ? 'Watcher plans around hosts that are down. Check nova-compute there.' : null,
          };
        },
      ),
    ),
    check(
      'vms',
      'Nova lists the VMs of all projects',
      judge(
        servers,
        'Check the policy os_compute_api:servers:index:get_all_tenants and the role of the account.',
        (all) => ({
          status: all.length > 0 ? 'ok' : 'warning',
          evidence: `${all.length} VMs.`,
          fix: all.length > 0 ? null : 'If the cloud does have VMs, check the role of the account.',
        }),
      ),
    ),
    check('migrations', 'Nova lists what became of moves', migrations(examination)),
    check('placement-hosts', 'Placement has every host', placementHosts(examination, index)),
  ];
}

/** Without it much is still known, so it is never more than a warning. */
function migrations({ migrations: list }: Examination): Finding {
  const finding = judge(
    list,
    'Allow the policy os_compute_api:os-migrations:index, by default for admins; it needs Nova’s API version 2.59. Without it, whether Nova finished a move that Watcher gave up on is judged by where the VM is, and moves outside Watcher’s plans go unnoticed.',
    (all) => ({ status: 'ok', evidence: `${formatCount(all.length)} migrations in the last 24 hours.` }),
  );
  return finding.status === 'error' ? { ...finding, status: 'warning' } : finding;
}

function location(examination: Examination, service: keyof typeof NAMES): RawCheck {
  const { locations, hypervisors, allocations, plans } = examination;
  const name = NAMES[service];
  /** What is read of the service: if that fails, its versions could not be read for the same reason. */
  const content = { nova: hypervisors, placement: allocations, watcher: plans }[service];
  const fix =
    service === 'watcher'
      ? 'Check `openstack catalog list`: Watcher has the type infra-optim. Override with WATCHER_ENDPOINT_NAME and WATCHER_INTERFACE_NAME.'
      : 'Check `openstack catalog list`, OS_REGION_NAME and OS_INTERFACE.';
  return check(
    `endpoint-${service}`,
    `${name} is in the catalog and responds`,
    judge(locations[service], fix, ({ region, versions }) => {
      if (versions === null && content.failure?.source === service) return unread(content, fix);
      if (versions === null)
        return {
          status: 'warning',
          evidence: `Found${region ? ` in region ${region}` : ''}, but its versions can’t be read.`,
          fix: 'A proxy may hide its version document. Until it is readable, a conservative version is used.',
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
  return judge(allocations, 'Check the role of the account, or set CAPACITY_SOURCE=openstack-exporter.', (source) => {
    const known = inventoriesByHost(source, index);
    const hosts = index.hosts;
    const missing = hosts.filter((host) => !known?.has(host));
    return {
      status: missing.length === 0 ? ('ok' as const) : ('warning' as const),
      evidence: `${ofAll(hosts.length - missing.length, hosts.length, 'hosts')} have inventories in Placement.`,
      details: missing.map((host) => `${host} has none`),
      fix:
        missing.length === 0 || hypervisors.value === null
          ? null
          : 'Without them, capacity can’t be checked. nova-compute creates them when it starts: check its log on these hosts.',
    };
  });
}

import { MIB } from '@/lib/units';
import { coreSeconds, ramUsedMib } from '../load';
import type { SimHost, SimServer } from '../model';
import type { Occupancy } from '../occupancy';
import { type Labels, lasting, type Maker, type Makers, passes, type Series } from './series';

export const LIBVIRT_PORT = 9177;
export const libvirtLabels = ({ ip }: SimHost): Labels => ({ job: 'libvirt', instance: `${ip}:${LIBVIRT_PORT}` });

/** libvirt's state codes. A VM that Nova calls ERROR is a domain that is shut off. */
const STATE_CODES: Record<string, number> = { ACTIVE: 1, PAUSED: 3 };
const SHUT_OFF = 5;

/**
 * Debian's libvirt exporter (by kumina), with domain and uuid on every series and inovex's names for guest memory. Each host
 * reports its own domains; a migration starts a new series whose counter begins at 0.
 */
export function libvirtExporter(hosts: SimHost[], occupancy: Occupancy, start: number): Makers {
  const reporting = (matchers: Parameters<Maker>[0]) =>
    hosts.filter((host) => passes(matchers, 'instance', libvirtLabels(host).instance ?? ''));

  const perDomain =
    (value: (server: SimServer, since: number, at: number) => number, isReported = (_: SimServer) => true): Maker =>
    (matchers) =>
      reporting(matchers).flatMap((host) =>
        occupancy
          .residences(host)
          .filter(({ server }) => passes(matchers, 'uuid', server.id) && isReported(server))
          .map(({ server, from, until }): Series => {
            const since = Math.max(from, start);
            const labels = { ...libvirtLabels(host), domain: server.domain, uuid: server.id };
            return { labels, value: (at) => value(server, since, at), from: since, until };
          }),
      );
  const perHost =
    (value: (host: SimHost, at: number) => number): Maker =>
    (matchers) =>
      reporting(matchers).map((host) => lasting(libvirtLabels(host), start, (at) => value(host, at)));
  const isRunning = ({ status }: SimServer) => status === 'ACTIVE';

  return {
    libvirt_up: perHost(() => 1),
    libvirt_domains_number: perHost((host, at) => occupancy.guests(host, at).length),
    libvirt_domain_state_code: perDomain(({ status }) => STATE_CODES[status] ?? SHUT_OFF),
    libvirt_domain_info_cpu_time_seconds_total: perDomain(coreSeconds),
    libvirt_domain_info_virtual_cpus: perDomain(({ flavor }) => flavor.vcpus),
    libvirt_domain_info_maximum_memory_bytes: perDomain(({ flavor }) => flavor.ramMib * MIB),
    // The size of the balloon, not the guest's usage.
    libvirt_domain_info_memory_usage_bytes: perDomain(({ flavor }) => flavor.ramMib * MIB),
    libvirt_domain_memory_stats_available_bytes: perDomain(({ flavor }) => flavor.ramMib * MIB, isRunning),
    libvirt_domain_memory_stats_usable_bytes: perDomain(
      (server) => (server.flavor.ramMib - ramUsedMib(server)) * MIB,
      isRunning,
    ),
  };
}

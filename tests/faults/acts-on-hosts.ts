import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { hostAt, type SimHost } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { ask } from '../routes/served-cloud';
import type { OtherAct } from './other-acts';

/** Acts on a host. */

const REASON = { reason: 'swap fans, OPS-412' };

/** The host with the fewest VMs. */
function hostOf({ cloud }: Simulation): SimHost {
  const vmsOn = (host: SimHost) =>
    cloud.servers.filter((server) => !server.deletedAt && hostAt(server, Date.now()) === host).length;
  const [host] = cloud.hosts.filter(({ up }) => up).sort((a, b) => vmsOn(a) - vmsOn(b) || (a.name < b.name ? -1 : 1));
  if (!host) throw new Error('The simulated cloud has no host.');
  return host;
}

/** Remembers which host it was, since moves change the order. */
function aboutHost(bodyOf: (view: DrainView) => Record<string, unknown>) {
  const chosen: { host?: SimHost } = {};
  return {
    host: () => chosen.host,
    async ask(simulation: Simulation, headers: Record<string, string>) {
      chosen.host = hostOf(simulation);
      const params = { name: chosen.host.name };
      const { body: view } = await ask('hostDrain', { params, headers });
      return { params, body: { ...REASON, seen: view.seen, ...bodyOf(view) } };
    },
  };
}

const moves = ({ kind }: DrainVmView) => kind === 'live' || kind === 'off';
const drained = ({ vms }: DrainView) => ({
  vms: vms.filter(moves).length,
  moves: vms.filter(moves).map(({ id, destination, kind }) => ({ vm_id: id, destination, live: kind === 'live' })),
  stays: vms.filter((vm) => !moves(vm)).map(({ id }) => id),
});

const closing = aboutHost(() => ({}));
const opening = aboutHost(() => ({}));
const draining = aboutHost(drained);

export const ACTS_ON_HOSTS: OtherAct[] = [
  { name: 'closeHost', to: 'nova', body: null, ask: closing.ask, isDone: () => closing.host()?.enabled === false },
  {
    name: 'openHost',
    to: 'nova',
    body: null,
    begin: (simulation) => Object.assign(hostOf(simulation), { enabled: false, disabledReason: 'fans' }),
    ask: opening.ask,
    isDone: () => opening.host()?.enabled === true,
  },
  {
    name: 'drainHost',
    to: 'nova',
    body: null,
    ask: draining.ask,
    isDone: (_, __, runs) => runs > 0,
    isInPart: () => draining.host()?.enabled === false,
  },
];

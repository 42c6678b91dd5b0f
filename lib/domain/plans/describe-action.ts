import type { ActionView } from '@/lib/contract/v1/audits';
import type { Happened } from '@/lib/contract/v1/happened';
import type { ShutdownWay } from '@/lib/contract/v1/projection';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { type PlanAction, readAction, unreachable } from './actions';
import { actionStateMeaning } from './meanings';

/** Where an action belongs, and what became of it in Nova. */
type Setting = { plan: ActionPlan; cluster: Cluster; happened: Happened | null };

/** An action of any type, with names instead of ids if they are known. */
export function describeAction(action: Action, { plan, cluster, happened }: Setting): ActionView {
  const read = readAction(action);
  const { label, detail } = inWords(read, (host) => cluster.index.resolve(host) ?? host);
  return {
    id: action.id,
    type: action.type,
    label,
    state: action.state,
    meaning: meaningOf(action, plan, happened),
    happened,
    target: nameTarget(read, cluster),
    detail,
    parents: action.parents,
    status_message: action.statusMessage,
  };
}

/** What Nova says, where Watcher's state is not what happened; an action that was left ONGOING says nothing at all. */
function meaningOf({ state }: Action, plan: ActionPlan, happened: Happened | null): string {
  const isLeft = happened?.result === 'unknown' && state === 'ONGOING';
  return happened !== null && (happened.differs || isLeft) ? happened.text : actionStateMeaning(state, plan.state);
}

function nameTarget({ id, name }: PlanAction, { servers, index }: Cluster): string | null {
  return (id === null ? null : (servers.get(id)?.name ?? index.resolve(id))) ?? name ?? id;
}

const SHUTDOWNS: Record<ShutdownWay, string> = {
  stop: 'shuts the VM off',
  shelve: 'shuts the VM off and takes it off its host',
  delete: 'deletes the VM',
};

/** What an action does in a word or two, and the details in one line, if any. */
function inWords(action: PlanAction, nameHost: (host: string) => string): Pick<ActionView, 'label' | 'detail'> {
  switch (action.kind) {
    case 'migrate': {
      const { live, source, destination } = action;
      const from = source === null ? '' : `from ${nameHost(source)} `;
      const to = destination === null ? 'a host that the scheduler chooses' : nameHost(destination);
      return { label: 'move', detail: `${live ? 'live' : 'cold'}, ${from}to ${to}` };
    }
    case 'service':
      return {
        label: action.enable ? 'enable' : 'disable',
        detail: action.reason === null ? '' : `reason: ${action.reason}`,
      };
    case 'power':
      return { label: action.on ? 'power on' : 'power off', detail: '' };
    case 'resize':
      return { label: 'resize', detail: action.flavor === null ? '' : `to flavor ${action.flavor}` };
    case 'shutdown':
      return { label: action.how, detail: SHUTDOWNS[action.how] };
    case 'volume-migrate':
      return {
        label: 'move volume',
        detail: listed({ 'migration type': action.way, pool: action.pool, 'volume type': action.volumeType }),
      };
    case 'sleep':
      return { label: 'wait', detail: action.seconds === null ? '' : `for ${action.seconds} s` };
    case 'nop':
      return { label: 'log', detail: action.message ?? '' };
    case 'other': {
      const { resource_id: _id, resource_name: _name, ...rest } = action.parameters;
      return { label: action.type, detail: listed(rest) };
    }
    default:
      return unreachable(action);
  }
}

/** "pool: ssd, volume type: fast", without what has no value. */
function listed(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

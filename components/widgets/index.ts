import { heat } from './heat';
import { hostMap } from './host-map';
import { hottest } from './hottest';
import { physicalCpu } from './physical-cpu';
import { physicalRam } from './physical-ram';
import { proposal } from './proposal';
import { roomForMore } from './room-for-more';
import { runningPlans } from './running-plans';
import { since } from './since';
import { virtualCpu } from './virtual-cpu';
import { virtualRam } from './virtual-ram';
import { vms } from './vms';
import { waitingPlans } from './waiting-plans';
import type { Widget } from './widget';

/** The widgets of the overview, each place in the order in which they are shown. */
export const WIDGETS: Widget[] = [
  heat,
  proposal,
  runningPlans,
  physicalCpu,
  physicalRam,
  virtualCpu,
  virtualRam,
  vms,
  roomForMore,
  hostMap,
  hottest,
  waitingPlans,
  since,
];

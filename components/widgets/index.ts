import { flavors } from './flavors';
import { physicalCpu } from './physical-cpu';
import { physicalRam } from './physical-ram';
import { region } from './region';
import { sources } from './sources';
import { virtualCpu } from './virtual-cpu';
import { virtualRam } from './virtual-ram';
import { vms } from './vms';
import type { Widget } from './widget';

/** The widgets of the overview, in the order in which they are shown. */
export const WIDGETS: Widget[] = [region, physicalCpu, physicalRam, virtualCpu, virtualRam, vms, flavors, sources];

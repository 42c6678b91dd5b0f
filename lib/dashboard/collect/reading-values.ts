import 'server-only';
import type { Source } from '@/lib/errors';
import type { AllocationSource } from '@/lib/readings/allocations';
import type { Inventory } from '@/lib/readings/inventory';
import type { Load } from '@/lib/readings/load';
import type { MigrationRecord } from '@/lib/readings/migrations';
import type { Optimizer } from '@/lib/readings/optimizer';
import type { PlanLoad } from '@/lib/readings/plan-load';

/** What is read from a region; each reading has its own clock, age and error. */
export type ReadingValues = {
  inventory: Inventory;
  allocations: AllocationSource;
  load: Load;
  optimizer: Optimizer;
  /** Load of the VMs that plans move; follows the optimizer. */
  planLoad: PlanLoad;
  /** What became of moves; follows the optimizer. */
  migrations: MigrationRecord;
};

export type ReadingName = keyof ReadingValues;

export const READING_SOURCES: Record<ReadingName, Source> = {
  inventory: 'nova',
  allocations: 'placement',
  load: 'prometheus',
  optimizer: 'watcher',
  planLoad: 'prometheus',
  migrations: 'nova',
};

// TypeScript types the keys of a constant as strings.
export const ALL_READINGS = Object.keys(READING_SOURCES) as ReadingName[];

/** What the capacity of a region is made from. */
export const CAPACITY_READINGS: readonly ReadingName[] = ['inventory', 'allocations', 'load'];

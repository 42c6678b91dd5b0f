import type { Scene } from '@/lib/contract/v1/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { trimPlan } from '@/lib/domain/review/trim';
import type { Aim } from '@/lib/domain/review/trim-aim';
import { noVariant } from '@/lib/domain/review/variant';
import { host, largeScene, move, room, scene, vm } from '../domain/review/scene';

/**
 * Time to put the moves of a plan in order of worth: `npx tsx tests/bench/trim.ts`. Budget: 50 ms with 1,000 hosts and 500
 * moves. It is the time of the processor, collecting garbage included, so that other programs don't count.
 */
const BUDGET_MS = 50;
const [HOSTS, MOVES, RUNS] = [1_000, 500, 40];

/** 100 hot hosts whose VMs all go to the same 150 cool ones, as a stabilization makes it. */
function crowded(): Scene {
  const hosts = Array.from({ length: HOSTS }, (_, i) => host(`cmp-${i}`, i < 100 ? 90 : i < 250 ? 20 : 40 + (i % 30)));
  const vms = Array.from({ length: MOVES }, (_, i) => vm(`vm-${i}`, `cmp-${i % 100}`, { cores: 1 + (i % 17) }));
  const steps = vms.map(({ id }, i) =>
    move(id, `cmp-${i % 100}`, `cmp-${100 + (i % 150)}`, { wave: 1 + Math.floor(i / 2) }),
  );
  return scene({ hosts, vms, steps });
}

/** Every host is full: each VM needs the one that leaves its destination just before. */
function full(): Scene {
  const hosts = Array.from({ length: HOSTS }, (_, i) =>
    host(`cmp-${i}`, 20 + ((i * 37) % 75), {
      inventories: { VCPU: room(100, i === 0 ? 96 : 100), MEMORY_MB: room(102_400, 40_960) },
    }),
  );
  const vms = Array.from({ length: MOVES }, (_, i) => vm(`vm-${i}`, `cmp-${i + 1}`, { cores: 1 + (i % 17) }));
  const steps = vms.map(({ id }, i) => move(id, `cmp-${i + 1}`, `cmp-${i}`, { wave: 1 + i }));
  return scene({ hosts, vms, steps });
}

const SPREAD: Aim = { by: 'spread', weights: { cpu: 1, ram: 0.5 } };
const CASES: [name: string, scene: Scene, aim: Aim, budget: number | null][] = [
  ['hosts of their own', largeScene(HOSTS, MOVES), SPREAD, BUDGET_MS],
  ['250 hosts share the moves', crowded(), SPREAD, BUDGET_MS],
  ['emptied hosts', crowded(), { by: 'emptied-hosts', weights: { cpu: 1, ram: 0 } }, BUDGET_MS],
  ['a chain of 500 full hosts', full(), SPREAD, null],
];

const at = (sorted: number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

for (const [name, given, aim, budget] of CASES) {
  const whole = reviewPlan(given);
  const times = Array.from({ length: RUNS }, () => {
    const start = process.cpuUsage();
    trimPlan(given, noVariant(), { aim, whole });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  const sorted = [...times].sort((a, b) => a - b);
  console.log(
    `trim, 1,000 hosts, 500 moves, ${name}: first ${times[0]?.toFixed(1)} ms, median ${at(sorted, 0.5).toFixed(1)}, 95th percentile ${at(sorted, 0.95).toFixed(1)}, max ${at(sorted, 1).toFixed(1)}`,
  );
  if (budget !== null && at(sorted, 0.95) > budget) process.exitCode = 1;
}

import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { chosenOf, countRunning, cutAt, cutOf, tickMoves } from '@/lib/domain/review/trim-choice';
import { noVariant, type Variant, writeVariant } from '@/lib/domain/review/variant';
import { disable, host, move, room, scene, vm } from './scene';
import { trimOf } from './trim-of';

/** In order of worth: v4, v3, v2, v1. */
const plan = scene({
  hosts: [host('a', 95), host('b', 20), host('c', 20)],
  vms: [1, 2, 3, 4].map((n) => vm(`v${n}`, 'a', { cores: 2 * n })),
  steps: [1, 2, 3, 4].map((n) => move(`v${n}`, 'a', n % 2 === 0 ? 'b' : 'c')),
});

const trimmed = (given: Scene, goal?: string) => ({ scene: given, trim: trimOf(given, goal) });
const given = trimmed(plan);
const cut = (variant: Variant, at: number, afresh = false) => cutAt(given, variant, { cut: at, afresh });
const untick = (variant: Variant, ...numbers: number[]) =>
  tickMoves(given, variant, { numbers: new Set(numbers), run: false });
const inAddress = (variant: Variant) => new URLSearchParams(writeVariant(variant)).toString();

describe('a cut', () => {
  it('leaves out what is below, by its number in execution order', () => {
    const two = cut(noVariant(), 2);
    expect(inAddress(two)).toBe('off=1-2&k=2');
    expect([cutOf(given.trim, two), countRunning(given.trim, two)]).toEqual([2, 2]);
    expect(inAddress(cut(two, 4))).toBe('');
  });

  it('stays where it is when a move above it is unticked', () => {
    const three = cut(noVariant(), 3);
    const without = untick(three, 2);
    expect([cutOf(given.trim, without), inAddress(without)]).toEqual([3, 'off=1-2&k=3']);
    expect(inAddress(untick(noVariant(), 1))).toBe('off=1');
  });

  it('keeps what was unticked above it, unless the choice is made afresh', () => {
    const without = untick(noVariant(), 4);
    expect(inAddress(cut(without, 2))).toBe('off=1-2.4&k=2');
    expect(inAddress(cut(without, 2, true))).toBe('off=1-2&k=2');
  });

  it('moves down to a move below it that is ticked', () => {
    const ticked = tickMoves(given, cut(noVariant(), 1), { numbers: new Set([2]), run: true });
    expect([cutOf(given.trim, ticked), inAddress(ticked)]).toEqual([3, 'off=1.3&k=3']);
  });
});

describe('a move that needs another', () => {
  const tight = trimmed(
    scene({
      hosts: [
        host('a', 95),
        host('b', 50),
        host('c', 20, { inventories: { VCPU: room(100, 100), MEMORY_MB: room(102_400, 0) } }),
      ],
      vms: [vm('w', 'c', { cores: 1 }), vm('x', 'a', { cores: 20 })],
      steps: [move('w', 'c', 'b'), move('x', 'a', 'c', { wave: 2 })],
    }),
  );

  it('is unticked with it, and ticks it', () => {
    const none = tickMoves(tight, noVariant(), { numbers: new Set([1]), run: false });
    expect(inAddress(none)).toBe('off=1-2');
    expect(inAddress(tickMoves(tight, none, { numbers: new Set([2]), run: true }))).toBe('');
  });
});

describe('a consolidation', () => {
  const consolidation = trimmed(
    scene({
      hosts: [host('a', 10, { vms: 2, running: 2 }), host('b', 10, { vms: 1 }), host('c', 40, { vms: 9 })],
      vms: [vm('p', 'a', { cores: 1 }), vm('q', 'a', { cores: 1 }), vm('r', 'b', { cores: 1 })],
      steps: [disable('a'), move('p', 'a', 'c'), move('q', 'a', 'c'), move('r', 'b', 'c')],
    }),
    'server_consolidation',
  );

  it('leaves a host open that keeps a VM, and closes it again once all leave', () => {
    const half = tickMoves(consolidation, noVariant(), { numbers: new Set([2]), run: false });
    expect(inAddress(half)).toBe('off=2&skip=1');
    expect(reviewPlan(consolidation.scene, half).left_out).toEqual(['off', 'q:a']);
    expect(inAddress(tickMoves(consolidation, half, { numbers: new Set([2]), run: true }))).toBe('');
  });
});

describe('what would be started', () => {
  it('counts VMs and hosts that they leave, and lists what Watcher has to skip', () => {
    const two = cut(noVariant(), 2);
    expect(chosenOf(reviewPlan(plan, two))).toEqual({ leftOut: ['v1:a', 'v2:a'], vms: 2, sources: 1 });
    const drained = reviewPlan(plan, { ...noVariant(), empty: ['b'] });
    expect(chosenOf(drained).vms).toBe(4);
  });
});

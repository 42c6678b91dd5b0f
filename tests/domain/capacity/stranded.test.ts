import { describe, expect, it } from 'vitest';
import { findStranded, medianOf } from '@/lib/domain/capacity/stranded';

const size = { resources: { VCPU: 4, MEMORY_MB: 8192 } };

describe('what is stranded', () => {
  it('is RAM on hosts without CPUs for one more VM, and CPUs on hosts without RAM', () => {
    const found = findStranded(
      [
        { name: 'no-cpus', cpus: 3, ram: 50_000 },
        { name: 'no-ram', cpus: 40, ram: 8191 },
        { name: 'roomy', cpus: 40, ram: 50_000 },
      ],
      size,
    );
    expect(found).toEqual({
      ram: { amount: 50_000, hosts: ['no-cpus'] },
      cpus: { amount: 40, hosts: ['no-ram'] },
    });
  });

  it('is nothing on hosts that are full', () => {
    const found = findStranded([{ name: 'full', cpus: 1, ram: 1024 }], size);
    expect([found.ram.amount, found.cpus.amount]).toEqual([0, 0]);
  });

  it('counts where the VM in the middle would not fit', () => {
    const [one, four, eight] = [1, 4, 8].map((vcpus) => ({ vcpus, ramBytes: vcpus }));
    if (!one || !four || !eight) throw new Error('three sizes');
    expect(
      medianOf(
        new Map([
          [eight, 2],
          [one, 3],
          [four, 2],
        ]),
      ),
    ).toBe(four);
    expect(medianOf(new Map())).toBeUndefined();
  });
});

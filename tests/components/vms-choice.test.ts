import { describe, expect, it } from 'vitest';
import { DEFAULTS, readVmsChoice, sortedBy, vmsAddress, vmsCsvAddress } from '@/components/vms/choice';

describe('the address of the list of VMs', () => {
  it('keeps the choice, without defaults', () => {
    const choice = { ...DEFAULTS, q: 'web shop', show: 'in-plan' as const, project: 'p1', page: 3 };
    expect(vmsAddress(choice)).toBe('/vms/?q=web+shop&show=in-plan&project=p1&page=3');
    expect(readVmsChoice({ q: 'web shop', show: 'in-plan', project: 'p1', page: '3' })).toEqual(choice);
    expect(vmsAddress()).toBe('/vms/');
    expect(vmsCsvAddress(choice)).toBe('/vms.csv?q=web+shop&show=in-plan&project=p1');
  });

  it('falls back to the defaults for what means nothing', () => {
    expect(readVmsChoice({ show: 'cold', sort: 'cpu', order: 'up', page: '-2' })).toEqual(DEFAULTS);
  });

  it('turns the order with a second click on a column, and begins at the first page', () => {
    const first = sortedBy({ ...DEFAULTS, page: 4 }, 'host');
    expect(first).toMatchObject({ sort: 'host', order: 'asc', page: 1 });
    expect(sortedBy(first, 'host').order).toBe('desc');
  });
});

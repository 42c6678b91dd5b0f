import { describe, expect, it } from 'vitest';
import { buildHostIndex, mapTargets } from '@/lib/domain/cluster/host-index';
import { compareNames } from '@/lib/sort';
import { hypervisor, target } from '../build';

describe('the host index', () => {
  it('finds a host by service host, hypervisor name, short name, uuid and address, in any case', () => {
    const index = buildHostIndex([hypervisor('cmp-1', { hypervisorHostname: 'cmp-1.dc.example', hostIp: '10.0.0.5' })]);
    for (const name of ['cmp-1', 'CMP-1', 'cmp-1.dc.example', 'cmp-1.other.example', 'id-of-cmp-1', '10.0.0.5']) {
      expect(index.resolve(name), name).toBe('cmp-1');
    }
    expect(index.resolve('cmp-10')).toBeUndefined();
  });

  it('finds neither host by a short name that two hosts share, but each by its full name', () => {
    const index = buildHostIndex([
      hypervisor('a.dc1', { hypervisorHostname: 'a.dc1' }),
      hypervisor('a.dc2', { hypervisorHostname: 'a.dc2' }),
    ]);
    expect(index.resolve('a')).toBeUndefined();
    expect(index.resolve('a.dc1')).toBe('a.dc1');
    expect(index.resolve('a.dc2')).toBe('a.dc2');
  });

  it('ignores an address that all hosts share', () => {
    const index = buildHostIndex([hypervisor('a', { hostIp: '127.0.0.1' }), hypervisor('b', { hostIp: '127.0.0.1' })]);
    expect(index.resolve('127.0.0.1')).toBeUndefined();
  });

  it('leaves ironic nodes out', () => {
    const index = buildHostIndex([hypervisor('a'), hypervisor('b'), hypervisor('metal', { type: 'ironic' })]);
    expect(index.hosts).toEqual(['a', 'b']);
    expect(index.resolve('metal')).toBeUndefined();
  });

  it('lets an alias win for targets only, and takes any spelling of a host on its right side', () => {
    const index = buildHostIndex([hypervisor('a'), hypervisor('b')], { hv00: 'A.example', a: 'b', 'hv01:9100': 'B' });
    const hostOf = (name: string) => index.resolveTarget(name)[0]?.host;
    expect(['hv00', 'HV00', 'hv00:9100', 'hv01:9100', 'a', 'a:9100'].map(hostOf)).toEqual([
      'a',
      'a',
      'a',
      'b',
      'b',
      'b',
    ]);
    expect(index.resolve('a')).toBe('a');
    expect(index.unknownAliases).toEqual([]);
  });

  it('keeps aliases that name no host, to tell', () => {
    const index = buildHostIndex([hypervisor('a')], { hv00: 'b' });
    expect(index.unknownAliases).toEqual([{ name: 'hv00', host: 'b' }]);
    expect(index.resolveTarget('hv00')).toEqual([]);
  });

  it('counts a host with several records once, by the one that is up', () => {
    const down = hypervisor('a', { id: 'a-1', state: 'down' });
    const up = hypervisor('a', { id: 'a-2' });
    for (const order of [
      [down, up],
      [up, down],
    ]) {
      const { hosts, records, resolve } = buildHostIndex(order);
      expect(hosts).toEqual(['a']);
      expect(records).toEqual([{ host: 'a', kept: up, others: [down] }]);
      expect([resolve('a-1'), resolve('a-2')]).toEqual(['a', 'a']);
    }
  });

  it('orders hosts naturally', () => {
    expect(['compute-10', 'compute-2', 'compute-1'].sort(compareNames)).toEqual([
      'compute-1',
      'compute-2',
      'compute-10',
    ]);
  });
});

describe('matching targets to hosts', () => {
  const index = buildHostIndex([hypervisor('a', { hostIp: 'fd00::5' }), hypervisor('b', { hostIp: '10.0.0.6' })]);
  const map = (...targets: Parameters<typeof mapTargets>[0]) => mapTargets(targets, index, ['fqdn', 'instance']);

  it('accepts addresses with a port, IPv4 and IPv6', () => {
    const { hosts } = map(
      target('x', { cpus: 8, used: 1, labels: { instance: '[fd00::5]:9100' } }),
      target('y', { cpus: 8, used: 1, labels: { instance: '10.0.0.6:9100' } }),
    );
    expect([...hosts.keys()]).toEqual(['a', 'b']);
  });

  it('falls back to the nodename', () => {
    const { hosts } = map(target('x', { cpus: 8, used: 1, labels: { instance: 'unit/0' }, nodename: 'a' }));
    expect([...hosts.keys()]).toEqual(['a']);
  });

  it('lists controllers as unmapped, and counts a host with two targets once', () => {
    const young = target('a', { cpus: 8, used: null });
    const measured = target('a', { cpus: 8, used: 4, labels: { instance: 'a.example:9100' } });
    const { hosts, unmapped, duplicates } = map(young, measured, target('controller', { cpus: 8, used: 1 }));
    expect(hosts.get('a')).toBe(measured);
    expect(duplicates).toEqual(['a']);
    expect(unmapped).toEqual(['controller:9100']);
  });
});

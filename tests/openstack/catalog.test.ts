import { describe, expect, it } from 'vitest';
import { findEndpoint } from '@/lib/openstack/catalog';
import { cloudSettings } from './recorded-cloud';

describe('findEndpoint', () => {
  const endpoints = (url: string) =>
    ['public', 'internal'].flatMap((kind) =>
      ['RegionOne', 'RegionTwo'].map((region_id) => ({
        interface: kind,
        region_id,
        url: `${url}/${kind}/${region_id}`,
      })),
    );
  const catalog = [
    { type: 'infra-optim', name: 'watcher', endpoints: endpoints('http://w') },
    { type: 'compute', name: 'nova', endpoints: endpoints('http://n/v2.1') },
  ];

  it('searches by type, interface and region, and adds Watcher’s version', () => {
    expect(findEndpoint('watcher', catalog, { cloud: cloudSettings() }).url).toBe('http://w/public/RegionOne/v1');
    expect(
      findEndpoint('watcher', catalog, {
        cloud: cloudSettings(),
        watcher: { endpointName: 'watcher', interfaceName: 'internal' },
      }).url,
    ).toBe('http://w/internal/RegionOne/v1');
    expect(findEndpoint('nova', catalog, { cloud: { ...cloudSettings(), region: 'RegionTwo' } })).toEqual({
      url: 'http://n/v2.1/public/RegionTwo',
      region: 'RegionTwo',
    });
  });

  it('says what the catalog lacks', () => {
    const missing = (attempt: () => unknown) => {
      expect(attempt).toThrow(expect.objectContaining({ kind: 'missing' }));
    };
    missing(() => findEndpoint('placement', catalog, { cloud: cloudSettings() }));
    missing(() => findEndpoint('watcher', catalog, { cloud: cloudSettings(), watcher: { endpointName: 'optimizer' } }));
    missing(() => findEndpoint('nova', catalog, { cloud: { ...cloudSettings(), region: 'Elsewhere' } }));
    missing(() => findEndpoint('nova', catalog, { cloud: { ...cloudSettings(), interfaces: ['admin'] } }));
  });

  it('requires a region if there are several, instead of mixing them', () => {
    expect(() => findEndpoint('nova', catalog, { cloud: { ...cloudSettings(), region: null } })).toThrow(
      expect.objectContaining({
        kind: 'config',
        message:
          'The catalog has Nova in several regions: set region_name (OS_REGION_NAME) to one of RegionOne, RegionTwo.',
      }),
    );
    const one = [{ type: 'compute', endpoints: [{ interface: 'public', url: 'http://n/v2.1', region: 'Only' }] }];
    expect(findEndpoint('nova', one, { cloud: { ...cloudSettings(), region: null } }).region).toBe('Only');
  });

  it('finds Watcher by its other type or the configured name, and prefers an override', () => {
    const endpoint = { interface: 'public', region_id: 'RegionOne', url: 'http://w/v1/' };
    const watcher = (type: string) => [{ type, name: 'balancer', endpoints: [endpoint] }];
    expect(findEndpoint('watcher', watcher('resource-optimization'), { cloud: cloudSettings() }).url).toBe(
      'http://w/v1',
    );
    expect(
      findEndpoint('watcher', watcher('odd'), { cloud: cloudSettings(), watcher: { endpointName: 'balancer' } }).url,
    ).toBe('http://w/v1');
    const overridden = { ...cloudSettings(), services: { 'infra-optim': { endpoint: 'https://o.example/watcher/' } } };
    expect(findEndpoint('watcher', [], { cloud: overridden })).toEqual({
      url: 'https://o.example/watcher/v1',
      region: 'RegionOne',
    });
  });
});

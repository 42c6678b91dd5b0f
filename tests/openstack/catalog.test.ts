import { describe, expect, it } from 'vitest';
import { findEndpoint } from '@/lib/openstack/catalog';
import { cloudSettings } from './recorded-cloud';

describe('the catalog', () => {
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

  it('is searched by type, interface and region; Watcher’s address gets its version', () => {
    expect(findEndpoint('watcher', catalog, cloudSettings(), {}).url).toBe('http://w/public/RegionOne/v1');
    expect(
      findEndpoint('watcher', catalog, cloudSettings(), { endpointName: 'watcher', interfaceName: 'internal' }).url,
    ).toBe('http://w/internal/RegionOne/v1');
    expect(findEndpoint('nova', catalog, { ...cloudSettings(), region: 'RegionTwo' }, {})).toEqual({
      url: 'http://n/v2.1/public/RegionTwo',
      region: 'RegionTwo',
    });
  });

  it('that lacks something says what', () => {
    const missing = (attempt: () => unknown) => {
      expect(attempt).toThrow(expect.objectContaining({ kind: 'missing' }));
    };
    missing(() => findEndpoint('placement', catalog, cloudSettings(), {}));
    missing(() => findEndpoint('watcher', catalog, cloudSettings(), { endpointName: 'optimizer' }));
    missing(() => findEndpoint('nova', catalog, { ...cloudSettings(), region: 'Elsewhere' }, {}));
    missing(() => findEndpoint('nova', catalog, { ...cloudSettings(), interface: 'admin' }, {}));
  });

  it('of several regions has to be told which, rather than mixing them', () => {
    expect(() => findEndpoint('nova', catalog, { ...cloudSettings(), region: null }, {})).toThrow(
      expect.objectContaining({
        kind: 'config',
        message:
          'The catalog has Nova in several regions: region_name (OS_REGION_NAME) has to name one of RegionOne, RegionTwo.',
      }),
    );
    const one = [{ type: 'compute', endpoints: [{ interface: 'public', url: 'http://n/v2.1', region: 'Only' }] }];
    expect(findEndpoint('nova', one, { ...cloudSettings(), region: null }, {}).region).toBe('Only');
  });

  it('may call Watcher by its other type, or by any the settings name; an override goes before it', () => {
    const endpoint = { interface: 'public', region_id: 'RegionOne', url: 'http://w/v1/' };
    const watcher = (type: string) => [{ type, name: 'balancer', endpoints: [endpoint] }];
    expect(findEndpoint('watcher', watcher('resource-optimization'), cloudSettings(), {}).url).toBe('http://w/v1');
    expect(findEndpoint('watcher', watcher('odd'), cloudSettings(), { endpointName: 'balancer' }).url).toBe(
      'http://w/v1',
    );
    const overridden = { ...cloudSettings(), endpointOverrides: { 'infra-optim': 'https://o.example/watcher/' } };
    expect(findEndpoint('watcher', [], overridden, {})).toEqual({
      url: 'https://o.example/watcher/v1',
      region: 'RegionOne',
    });
  });
});

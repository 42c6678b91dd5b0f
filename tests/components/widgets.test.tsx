// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { WIDGETS } from '@/components/widgets';
import type { Overview } from '@/lib/contract/v1/overview';
import type { Sources } from '@/lib/contract/v1/sources';
import { EMPTY, FULL, LIMITS, MISSING_READING, NOW, readings, SOURCES, STALE, UNKNOWN } from './samples';

afterEach(cleanup);

/** A widget as the page shows it, by its name. */
function show(name: string, overview: Overview = FULL, sources: Sources = SOURCES): string {
  const found = WIDGETS.find((widget) => widget.name === name);
  if (!found) throw new Error(`no widget ${name}`);
  const { container } = render(
    found.render({ virtual: overview, physical: overview, sources }, NOW, LIMITS) ?? <p>nothing</p>,
  );
  return (container.textContent ?? '').replaceAll('\u202f', ' ');
}

describe('every registered widget', () => {
  const payloads: [string, Overview, Sources][] = [
    ['full', FULL, SOURCES],
    ['unknown', UNKNOWN, SOURCES],
    ['empty', EMPTY, { sources: [] }],
    ['stale', { ...FULL, readings: readings({ inventory: STALE, allocations: STALE, load: STALE }) }, SOURCES],
  ];

  it.each(WIDGETS.flatMap((widget) => payloads.map((payload) => [widget.name, ...payload] as const)))(
    '%s shows a payload that is %s without a broken number',
    (name, _kind, overview, sources) => {
      const text = show(name, overview, sources);
      expect(text).not.toBe('');
      expect(text).not.toMatch(/NaN|Infinity|undefined|null|object/);
    },
  );

  it.each(WIDGETS.filter(({ needs }) => needs !== 'sources').map(({ name }) => name))(
    '%s says how old its data is',
    (name) => {
      const stale = readings({ inventory: STALE, allocations: STALE, load: STALE });
      expect(show(name, { ...FULL, readings: stale })).toContain(
        'As of 02:41 UTC, 5 min old. Prometheus refused the connection. Since 02:42 UTC.',
      );
    },
  );

  it('has a name and a title of its own', () => {
    expect(new Set(WIDGETS.map(({ name }) => name)).size).toBe(WIDGETS.length);
    expect(new Set(WIDGETS.map(({ title }) => title)).size).toBe(WIDGETS.length);
  });

  it('shows nothing before its payload is there', () => {
    for (const widget of WIDGETS) expect(widget.render({}, NOW, LIMITS)).toBeNull();
  });
});

describe('physical CPU and RAM', () => {
  it('show the share, the amounts, and which hosts are not in them', () => {
    const text = show('physical-cpu');
    expect(text).toContain('51.6%');
    expect(text).toContain('925 of 1,792 cores in use, 867 free');
    expect(text).toContain('23 of 24 hosts measured');
    expect(text).toContain('Not measured: cmp-r02-09');
    expect(show('physical-ram')).toContain('7.2 TiB of 14 TiB in use, 6.8 TiB free');
  });

  it.each([
    [69.9, null],
    [70, 'warm'],
    [85, 'hot'],
  ])('%d%% CPU is said in a word too: %s', (share, word) => {
    show('physical-cpu', { ...FULL, pcpu: { ...FULL.pcpu, used_percentage: share } });
    expect(screen.queryByText('warm') !== null).toBe(word === 'warm');
    expect(screen.queryByText('hot') !== null).toBe(word === 'hot');
    expect(screen.getByRole('meter', { name: 'Physical CPU in use' })).toHaveAttribute('value', String(share));
  });

  it('a dash and the reason where nothing is measured, and no meter', () => {
    const text = show('physical-cpu', UNKNOWN);
    expect(text).toMatch(/^–No exporter reports a compute host\./);
    expect(screen.queryByRole('meter')).toBeNull();
  });

  it('without Prometheus: the total of Placement, and since when it fails, once', () => {
    const pcpu = {
      ...UNKNOWN.pcpu,
      total: 1792,
      source: 'placement' as const,
      reason: 'Prometheus refused the connection.',
    };
    const text = show('physical-cpu', { ...FULL, pcpu, readings: readings({ load: MISSING_READING }) });
    expect(text).toContain('Prometheus refused the connection. Since 02:42 UTC.');
    expect(text.match(/refused the connection/g)).toHaveLength(1);
    expect(text).toContain('– of 1,792 cores in use');
  });

  it('0 of 0 is a dash, not 0%', () => {
    expect(show('physical-cpu', EMPTY)).toBe('–The total is 0, so there is no share of it.');
    expect(show('virtual-ram', EMPTY)).toBe('–The total is 0, so there is no share of it.');
  });
});

describe('virtual CPU and RAM', () => {
  it('show the overcommit now against the limit', () => {
    const text = show('virtual-cpu');
    expect(text).toContain('1.70× of 4.0×');
    expect(text).toContain('3,050 vCPU of 7,168 vCPU allocated, 42.6%');
    expect(text).toContain('4,118 vCPU free, 3,900 vCPU on hosts that take VMs');
    expect(screen.getByRole('meter', { name: 'Virtual CPU allocated' })).toHaveAttribute('max', '4');
    expect(show('virtual-ram')).toContain('0.63× of 1.5×');
  });

  it('more allocated than there is: the numbers say so, and the meter is full', () => {
    const vcpu = { ...FULL.vcpu, overcommit_ratio: 4.5, allocated: 8064, free: -896, allocated_percentage: 112.5 };
    const text = show('virtual-cpu', { ...FULL, vcpu });
    expect(text).toContain('112.5%');
    expect(text).toContain('\u2212896 vCPU free');
    expect(screen.getByRole('meter')).toHaveAttribute('value', '4');
  });

  it('a dash and the reason without Placement', () => {
    expect(show('virtual-cpu', UNKNOWN)).toMatch(/^–Placement answered 503\./);
  });

  it('a part that is not known is said beside the sum', () => {
    const vcpu = { ...FULL.vcpu, reason: 'Placement does not know 1 of 24 hosts.' };
    expect(show('virtual-cpu', { ...FULL, vcpu })).toContain('Placement does not know 1 of 24 hosts.');
  });
});

describe('VMs, flavors and region', () => {
  it('VMs by state, mean size and density', () => {
    const text = show('vms');
    expect(text).toContain('577 VMs');
    expect(text).toContain('553 active, 20 stopped, 4 ERROR');
    expect(text).toContain('Mean size 5.3 vCPU, 16 GiB');
    expect(text).toContain('24.0 per host');
  });

  it('a mean size that is not known has its reason', () => {
    expect(show('vms', UNKNOWN)).toContain('Mean size – vCPU, –: Placement answered 503.');
    expect(show('vms', EMPTY)).toContain('Mean size –: no VM has a host');
    expect(show('vms', EMPTY)).toContain('– per host: no hosts');
  });

  it('the three most used flavors; an id is shortened and kept in the tooltip', () => {
    const text = show('flavors');
    expect(text).toContain('m1.large 174 VMs');
    expect(text).toContain('m1.xlarge 1 VM');
    expect(text).not.toContain('m1.tiny');
    expect(screen.getByText('3f6c2c1e')).toHaveAttribute('title', '3f6c2c1e-8a44-4f5f-9b1f-0d7d1c9f2a10');
  });

  it('markup in a flavor’s name is text', () => {
    show('flavors', { ...FULL, flavors: [{ name: '<img src=x onerror=alert(1)>', count: 2 }] });
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(document.querySelector('img')).toBeNull();
  });

  it('hosts, and those that take no VMs', () => {
    const text = show('region');
    expect(text).toContain('24 hosts');
    expect(text).toContain('Region RegionOne');
    expect(text).toContain('1 host not up');
    expect(text).toContain('2 hosts not enabled');
  });
});

describe('sources', () => {
  it('each says in a word how it is doing, an error what happened and since when', () => {
    const text = show('sources');
    expect(text).toContain('Keystone ok');
    expect(text).toContain('Checked 02:45 UTC');
    expect(text).toContain('Prometheus error');
    expect(text).toContain('Prometheus refused the connection. Since 02:41 UTC.');
    expect(text).toContain('Watcher mock data');
  });
});

// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Freshness, Missing } from '@/components/ui/freshness';
import { WIDGETS } from '@/components/widgets';
import type { Payloads } from '@/components/widgets/widget';
import { EMPTY, FULL, LIMITS, NOW, UNKNOWN } from './payloads';

afterEach(cleanup);

const show = (name: string, payloads: Payloads) => {
  const widget = WIDGETS.find((candidate) => candidate.name === name);
  return render(widget?.render(payloads, NOW, LIMITS)).container;
};

/** What is on screen, gaps as spaces. */
const textOf = (element: HTMLElement) => (element.textContent ?? '').replaceAll('\u202f', ' ');

describe('every widget', () => {
  it.each(WIDGETS.map(({ name }) => name))('%s shows a full, an unknown and an empty cloud, and never NaN', (name) => {
    for (const payloads of [FULL, UNKNOWN, EMPTY]) {
      const text = textOf(show(name, payloads));
      expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
      cleanup();
    }
  });

  it('has a name and a title of its own', () => {
    expect(new Set(WIDGETS.map(({ name }) => name)).size).toBe(WIDGETS.length);
    expect(new Set(WIDGETS.map(({ title }) => title)).size).toBe(WIDGETS.length);
  });
});

describe('figures', () => {
  it('of physical CPU: share, cores, hosts measured, and a meter with its limits', () => {
    const text = textOf(show('physical-cpu', FULL));
    expect(text).toContain('51.6%');
    expect(text).toContain('925 of 1,792 cores in use');
    expect(text).toContain('23 of 24 hosts measured');
    const meter = screen.getByRole('meter', { name: 'Physical CPU in use' });
    expect(meter).toHaveAttribute('high', '85');
    expect(meter).toHaveAttribute('low', '70');
  });

  it('that are not known are a dash with the reason, and no meter', () => {
    expect(textOf(show('physical-cpu', UNKNOWN))).toMatch(/^–.*Prometheus can’t be reached\./);
    expect(screen.queryByRole('meter')).toBeNull();
    cleanup();
    expect(textOf(show('virtual-ram', UNKNOWN))).toMatch(/^–.*Placement answered 503\./);
  });

  it('of virtual CPU: overcommit now and its limit', () => {
    const text = textOf(show('virtual-cpu', FULL));
    expect(text).toContain('1.70× of 4.0×');
    expect(text).toContain('3,050 vCPU of 7,168 vCPU allocated');
  });

  it('of VMs name the states that are neither active nor stopped', () => {
    expect(textOf(show('vms', FULL))).toContain('360 active, 30 stopped, 10 ERROR');
  });

  it('of flavors show the three most used, names as plain text', () => {
    const container = show('flavors', FULL);
    expect(textOf(container)).toContain('<script>alert(1)</script> 200 VMs');
    expect(container.querySelector('script')).toBeNull();
    expect(textOf(container)).not.toContain('rare');
  });

  it('of sources say in words what fails and since when', () => {
    const text = textOf(show('sources', FULL));
    expect(text).toContain('Nova ok');
    expect(text).toContain('Watcher errorWatcher answered 503. Since 02:40 UTC.');
    expect(text).toContain('Prometheus mock data');
  });
});

describe('age', () => {
  it('is silent while data is fresh, and spoken when it is old', () => {
    const { container, rerender } = render(
      <Freshness reading={{ state: 'fresh', as_of: NOW, error: null }} now={NOW} />,
    );
    expect(container).toBeEmptyDOMElement();
    const error = { source: 'Nova', message: 'Nova answered 503.', since: NOW - 300_000 };
    rerender(<Freshness reading={{ state: 'stale', as_of: NOW - 360_000, error }} now={NOW} />);
    expect(textOf(container)).toBe('As of 02:35 UTC, 6 min old. Nova answered 503. Since 02:36 UTC.');
    rerender(<Missing reading={{ state: 'missing', as_of: null, error }} />);
    expect(screen.getByRole('alert')).toHaveTextContent('Nova answered 503.');
  });
});

// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AuditList } from '@/components/audits/audit-list';
import { addressOf, readChoice } from '@/components/audits/choice';
import { list, summary } from './audit-samples';
import { NOW } from './samples';

afterEach(cleanup);

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

describe('the list of audits', () => {
  const names = () => screen.getAllByRole('listitem').map((item) => plain(item.textContent));

  it('says of each what it proposes, its age, type and state, in the order given', () => {
    const plan = summary().plan;
    if (!plan) throw new Error('the sample has a plan');
    const audits = [
      summary(),
      summary({ id: 'a2', name: 'empty', plan: { ...plan, actions: 0, migrations: 0 } }),
      summary({ id: 'a3', name: 'failed', state: 'FAILED', plan: null }),
      summary({ id: 'a4', name: 'running', state: 'ONGOING', type: 'CONTINUOUS', plan: null }),
      summary({ id: 'a5', name: 'one', plan: { ...plan, actions: 1, migrations: 1 } }),
      summary({ id: 'a6', name: 'unread', plan: { ...plan, actions: null, migrations: null } }),
    ];
    render(<AuditList list={list(audits)} choice={{ older: 0, plain: false }} now={NOW} />);
    expect(names()).toEqual([
      'nightly2 migrations, 1 other action26 min ago · ONESHOT · SUCCEEDED',
      'emptyNo changes proposed26 min ago · ONESHOT · SUCCEEDED',
      'failedNo plan26 min ago · ONESHOT · FAILED',
      'runningNo plan yet26 min ago · CONTINUOUS · ONGOING',
      'one1 migration26 min ago · ONESHOT · SUCCEEDED',
      'unreadPlan not read26 min ago · ONESHOT · SUCCEEDED',
    ]);
  });

  const two = [summary(), summary({ id: 'a2', name: 'older' })];
  const current = () => screen.queryByRole('link', { current: true })?.textContent ?? null;

  it.each([
    ['none', undefined, 'nightly'],
    ['an id', 'a2', 'older'],
    ['a name', 'older', 'older'],
    ['one that is gone', 'gone', 'nightly'],
  ])('marks the chosen audit when the address has %s', (_, audit, marked) => {
    render(<AuditList list={list(two)} choice={{ audit, older: 0, plain: false }} now={NOW} />);
    expect(current()).toContain(marked);
  });

  it('marks nothing when the chosen audit may be on another page', () => {
    render(<AuditList list={list(two, { total: 60 })} choice={{ audit: 'far', older: 0, plain: false }} now={NOW} />);
    expect(current()).toBeNull();
  });

  it('choices and older audits are plain links', () => {
    const shown = list(two, { total: 120, offset: 50 });
    render(<AuditList list={shown} choice={{ older: 50, plain: false }} now={NOW} />);
    expect(screen.getByRole('link', { name: /^older/ })).toHaveAttribute('href', '/?audit=a2&older=50');
    expect(screen.getByRole('link', { name: 'Show older (20)' })).toHaveAttribute('href', '/?older=100');
    expect(screen.getByRole('link', { name: 'Show the newest' })).toHaveAttribute('href', '/');
  });

  it('has no way further where there is nothing more', () => {
    render(<AuditList list={list(two)} choice={{ older: 0, plain: false }} now={NOW} />);
    expect(screen.queryByText(/^Show/)).toBeNull();
  });
});

describe('the address', () => {
  it.each([
    ['/', {}],
    ['/?audit=a%26b', { audit: 'a&b' }],
    ['/?audit=a&older=50&plain=1', { audit: ['a', 'b'], older: '50', plain: '' }],
    ['/', { older: '-3' }],
    ['/', { older: 'many' }],
  ])('%s is understood', (address, query) => expect(addressOf(readChoice(query))).toBe(address));
});

// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AuditPage } from '@/components/audits/audit-page';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { detail } from './audit-samples';
import { NOW } from './samples';

/** The page of one audit, which brings it along unless it is large. */

vi.mock('next/navigation', () => import('./next-navigation'));
vi.mock('react-chartjs-2', () => import('./canvases'));

const { id, name } = detail().audit;
const ADDRESS = `/api/v1/audits/${id}/`;
let answer: () => Response | Promise<Response>;
let asked: string[];

beforeEach(() => {
  vi.setSystemTime(NOW);
  asked = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (address) => {
    asked.push(String(address));
    if (String(address) === ADDRESS) return answer();
    return Response.json({ detail: 'Not asked for here.' }, { status: 404 });
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const show = (brought: AuditDetail | null) =>
  render(
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <AuditPage id={id} name={name} detail={brought} region="RegionOne" now={NOW} />
    </SWRConfig>,
  );
const heading = () => screen.findByRole('heading', { level: 1, name });

it('asks the API for an audit that the page left out, and keeps its heading and its place until then', async () => {
  let give: (response: Response) => void = () => {};
  answer = () => new Promise((resolve) => (give = resolve));
  const { container } = show(null);
  expect(await heading()).toHaveClass('visually-hidden');
  expect(screen.getByRole('region', { name: 'Moves, loading' })).toBeVisible();
  give(Response.json(detail()));
  expect(await screen.findByRole('heading', { name: 'Migrations' })).toBeVisible();
  expect(container.querySelectorAll('h1')).toHaveLength(1);
  expect(asked).toContain(ADDRESS);
});

it('asks for none that the page brought along', async () => {
  answer = () => Response.json(detail());
  show(detail());
  expect(await heading()).toBeVisible();
  expect(asked).not.toContain(ADDRESS);
});

it('says why an audit that was left out can’t be shown', async () => {
  answer = () => Response.json({ detail: 'Watcher does not answer.' }, { status: 503 });
  show(null);
  expect(await screen.findByRole('alert')).toHaveTextContent('Watcher does not answer.');
  expect(await heading()).toBeInTheDocument();
});

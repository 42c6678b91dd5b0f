import { render, within } from '@testing-library/react';
import { AuditView } from '@/components/audits/audit-view';
import { detail } from './audit-samples';
import { NOW } from './samples';

/** The page's text without thin spaces. */
export const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

/** Renders an audit and returns its text. */
export function showAudit(changes: Parameters<typeof detail>[0] = {}): string {
  const { container } = render(<AuditView detail={detail(changes)} now={NOW} region="RegionOne" level={4} />);
  return plain(container.textContent);
}

/** The cells of every row but the head's. */
export const cellsOf = (table: HTMLElement): string[][] =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => plain(cell.textContent)),
    );

'use client';

import { withBase } from '@/lib/base-path';
import { type PlanExport, toCsv, toMarkdown } from '@/lib/domain/review/export';
import { toCommands } from '@/lib/domain/review/export-commands';
import { Button } from '../ui/button';
import { Menu } from '../ui/menu';
import { saveText } from '../ui/save-file';

/** Exports the plan or variant on screen for a ticket, a spreadsheet, a program or a terminal. */
export function ExportMenu({ given, address }: { given: Omit<PlanExport, 'link'>; address: string }) {
  const name = `plan-${given.review.plan.id.slice(0, 8)}${given.changed ? '-variant' : ''}`;
  // The address in the browser has the variant.
  const withLink = (): PlanExport => ({
    ...given,
    link: new URL(withBase(address) + window.location.search, window.location.href).href,
  });
  return (
    <Menu
      label="Export"
      trigger={(props) => (
        <Button icon="export" opens {...props}>
          Export
        </Button>
      )}
      items={[
        {
          label: 'Change ticket',
          kind: 'Markdown',
          note: 'Balance, verdicts and every move',
          onSelect: () => saveText(`${name}.md`, toMarkdown(withLink()), 'text/markdown'),
        },
        {
          label: 'Moves',
          kind: 'CSV',
          note: 'One row per move',
          onSelect: () => saveText(`${name}.csv`, toCsv(withLink()), 'text/csv'),
        },
        {
          label: 'Review',
          kind: 'JSON',
          note: 'Verdicts, reasons, scores, hosts',
          onSelect: () => saveText(`${name}.json`, JSON.stringify(given.result, null, 2), 'application/json'),
        },
        {
          label: 'Commands',
          kind: 'sh',
          note: 'openstack server migrate, wave by wave',
          onSelect: () => saveText(`${name}.sh`, toCommands(withLink()), 'text/x-shellscript'),
        },
      ]}
    />
  );
}

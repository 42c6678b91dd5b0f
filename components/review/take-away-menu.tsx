'use client';

import { type TakeAway, toCommands, toCsv, toMarkdown } from '@/lib/domain/review/take-away';
import { Button } from '../ui/button';
import { Menu } from '../ui/menu';

/** Hands a text to the browser as a file. */
function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The plan, or its variant, for a ticket, a spreadsheet, a program, a terminal. Made here: what is on screen is what comes. */
export function TakeAwayMenu({ given }: { given: TakeAway }) {
  const name = `plan-${given.review.plan.id.slice(0, 8)}${given.changed ? '-variant' : ''}`;
  return (
    <Menu
      label="Take away"
      trigger={(props) => (
        <Button icon="export" opens {...props}>
          Take away
        </Button>
      )}
      items={[
        {
          label: 'Change ticket',
          kind: 'Markdown',
          note: 'Balance, verdicts and every move',
          onSelect: () => save(`${name}.md`, 'text/markdown', toMarkdown(given)),
        },
        {
          label: 'Moves',
          kind: 'CSV',
          note: 'A row for each move',
          onSelect: () => save(`${name}.csv`, 'text/csv', toCsv(given)),
        },
        {
          label: 'Review',
          kind: 'JSON',
          note: 'Verdicts, reasons, scores, hosts',
          onSelect: () => save(`${name}.json`, 'application/json', JSON.stringify(given.result, null, 2)),
        },
        {
          label: 'Commands',
          kind: 'sh',
          note: 'openstack server migrate, wave after wave',
          onSelect: () => save(`${name}.sh`, 'text/x-shellscript', toCommands(given)),
        },
      ]}
    />
  );
}

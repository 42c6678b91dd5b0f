import type { Run } from '@/lib/contract/v1/run';
import { formatAge, formatCount, formatPercent, formatStamp, formatThings } from '@/lib/format';

/** A run that has ended, in Markdown for a ticket. */

/** Characters that mean something in Markdown, and would change what names look like. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`);

/** @param link to the page */
export function ticketOf(run: Run, link: string): string {
  const { audit, plan, title, started_at: start, ended_at: end, result, counts, moves, left_behind: left } = run;
  const times =
    start === null || end === null ? '' : `${formatStamp(start)} to ${formatStamp(end)}, ${formatAge(end - start)}`;
  const lines = [
    `# ${escaped(title)}`,
    '',
    `- Plan of ${escaped(audit.name)}, ${plan.id}, ${plan.state}`,
    ...(times === '' ? [] : [`- ${times}`]),
    `- ${formatCount(counts.moved)} of ${formatThings(counts.total, 'VM')} moved`,
    ...(result === null ? [] : figures(result)),
    ...left.map(({ lead, text }) => `- ${lead === null ? '' : `**${escaped(lead)}** `}${escaped(text)}`),
    `- ${link}`,
    '',
    '| VM | from | to | result | ended |',
    '| --- | --- | --- | --- | --- |',
    ...moves.map((move) =>
      [
        '',
        escaped(move.vm_name),
        escaped(move.source ?? 'unknown'),
        escaped(move.destination ?? 'chosen by the scheduler'),
        escaped([move.title, move.text].filter((part) => part !== null).join(': ')),
        move.ended_at === null ? '' : formatStamp(move.ended_at),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
  ];
  return lines.join('\n');
}

function figures({ spread, hottest, hottest_host: host, hot, kept }: NonNullable<Run['result']>): string[] {
  const row = (name: string, { start, promised, delivered }: typeof spread, [digits, unit]: [number, string]) =>
    `- ${name}: ${formatCount(start, digits)} → ${formatCount(delivered, digits)}${unit}, promised ${formatCount(promised, digits)}`;
  const part = kept === null ? '' : `; ${formatPercent(Math.max(0, kept), 0)} of the promise kept`;
  return [
    `${row('CPU spread', spread, [1, ' pts'])}${part}`,
    `${row('Hottest host', hottest, [0, '%'])}${host === null ? '' : ` (${escaped(host)})`}`,
    row('Hot hosts', hot, [0, '']),
  ];
}

import { describe, expect, it } from 'vitest';
import { fileName, hostsCsv, migrationsCsv } from '@/components/audits/export/documents';
import { NO_FILTERS, selectRows } from '@/components/moves/filters';
import { csvRows } from '@/lib/domain/review/quoting';
import { GIB } from '@/lib/units';
import { detail, host, migration } from './audit-samples';
import { NOW } from './samples';

/** Reads CSV by the rules of RFC 4180, independently of our writer. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',' || sign === '\r') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (sign === '\r') {
        i++;
        rows.push([]);
      }
    } else cell += sign;
  }
  return rows.slice(0, -1);
}

describe('CSV', () => {
  it('can be read back, whatever names contain', () => {
    const names = ['plain', 'a,b', 'say "hi"', 'two\r\nlines', ' blank ', 'ünïcode 実', ''];
    expect(
      parse(
        csvRows(
          ['name'],
          names.map((name) => [name]),
        ),
      ),
    ).toEqual([['name'], ...names.map((name) => [name])]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '=HYPERLINK("http://x","y")'])('makes no formula of %j', (name) => {
    expect(parse(csvRows(['name'], [[name]]))[1]).toEqual([`'${name}`]);
  });

  it.each(['\t', '\r', '\n'])('makes no formula behind %j, where a cell may begin too', (separator) => {
    expect(parse(csvRows(['name'], [[`${separator}=1`]]))[1]).toEqual([`'${separator}'=1`]);
  });

  it('writes numbers as digits, and nothing for unknown values', () => {
    expect(csvRows(['a', 'b', 'c', 'd'], [[1234.5, -2, null, Number.NaN]])).toBe('a,b,c,d\r\n1234.5,-2,,\r\n');
  });
});

describe('the export of an audit', () => {
  it('has migrations as shown', () => {
    const rows = selectRows(
      [
        migration(),
        migration({
          vm_name: '=cmd',
          destination: null,
          ram: null,
          problem: 'no-destination',
          projected: false,
          wave: 2,
        }),
      ],
      { ...NO_FILTERS, sort: 'order', descending: true },
    );
    const [header = [], first = []] = parse(migrationsCsv(rows));
    expect(Object.fromEntries(header.map((name, column) => [name, first[column]]))).toMatchObject({
      order: '2',
      wave: '2',
      instance: "'=cmd",
      source: 'cmp-1',
      destination: '',
      ram_bytes: '',
      problem: 'no-destination',
      projected: 'no',
      source_cpu_points: '12.5',
    });
  });

  it('has hosts, now and after the plan', () => {
    const { projection } = detail();
    if (!projection) throw new Error('the sample has a projection');
    const hosts = [host({ host: 'cmp-1' }), host({ host: 'cmp-2', cpu_now: null, cpu_after: null })];
    const [header = [], first = [], second = []] = parse(hostsCsv(detail({ projection: { ...projection, hosts } })));
    expect(header.slice(0, 4)).toEqual(['host', 'logical_cpus', 'cpu_now_percent', 'cpu_after_percent']);
    expect(first).toEqual([
      'cmp-1',
      '16',
      '89',
      '61.3',
      '70',
      '65',
      '1200',
      '1100',
      String(128 * GIB),
      String(120 * GIB),
    ]);
    expect(second.slice(0, 4)).toEqual(['cmp-2', '16', '', '']);
  });

  it('has a file name that any system accepts', () => {
    expect(fileName('nightly-stabilization', 'migrations.csv', NOW)).toBe(
      'watcher-nightly-stabilization-migrations-20260212-0246Z.csv',
    );
    expect(fileName('../../etc/päss wd', 'hosts.csv', NOW)).toBe('watcher-etc-pa-ss-wd-hosts-20260212-0246Z.csv');
    expect(fileName('実', 'chart.png', NOW)).toBe('watcher-audit-chart-20260212-0246Z.png');
  });
});

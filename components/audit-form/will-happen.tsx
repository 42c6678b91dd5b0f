import type { ReactNode } from 'react';
import type { NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { formatThings } from '@/lib/format';
import { Icon, type IconTone } from '../ui/icon';
import styles from './will-happen.module.css';

type TitleOf = (field: string) => string | null;

type Props = { check: NewAuditCheck; isOld: boolean; titleOf: TitleOf; children: ReactNode };

/** What the audit would do, beside the form. */
export function WillHappen({ check, isOld, titleOf, children }: Props) {
  const [lead, ...lines] = check.will;
  return (
    <section className={styles.aside} aria-label="What will happen" aria-busy={isOld || undefined}>
      <h2 className={styles.title}>What will happen</h2>
      <p className={styles.lead} aria-live="polite">
        {lead}
      </p>
      <Strip check={check} />
      {children}
      <ul className={styles.facts}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        <Fact {...describeProblems(check, titleOf)} />
        {check.facts
          .filter(({ field }) => field === null)
          .map(({ tone, text }) => (
            <Fact key={text} tone={tone === 'info' ? 'quiet' : tone} text={text} />
          ))}
      </ul>
    </section>
  );
}

type FactProps = { tone: IconTone; text: string };

function Fact({ tone, text }: FactProps) {
  return (
    <li className={styles.fact}>
      <Icon name={tone === 'ok' || tone === 'error' || tone === 'warn' ? tone : 'info'} size={14} tone={tone} />
      <span>{text}</span>
    </li>
  );
}

function describeProblems({ problems }: NewAuditCheck, titleOf: TitleOf): FactProps {
  // That a form has no name yet is the least of what is wrong with it.
  const first = problems.find(({ field }) => field !== 'name') ?? problems[0];
  if (first === undefined) return { tone: 'ok', text: 'The settings fit the strategy, and the name is free.' };
  const title = titleOf(first.field);
  return {
    tone: 'error',
    text: `${formatThings(problems.length, 'setting needs', 'settings need')} a change. ${title === null ? '' : `${title}: `}${first.text}`,
  };
}

/** More hosts than this are said in words only. */
const MOST_MARKS = 120;
const PER_ROW = 12;
const [WIDTH, HEIGHT, GAP] = [24, 10, 3];

/** A mark for each host: filled if the audit looks at it. */
function Strip({ check: { covers } }: { check: NewAuditCheck }) {
  if (covers === null) return null;
  const marks = [
    ...covers.hosts.map((name) => ({ name, isIn: true })),
    ...covers.others.map((name) => ({ name, isIn: false })),
  ];
  if (marks.length === 0 || marks.length > MOST_MARKS) return null;
  const rows = Math.ceil(marks.length / PER_ROW);
  const label = `Looks at ${covers.hosts.length} of ${formatThings(marks.length, 'host')}`;
  return (
    <svg
      className={styles.strip}
      viewBox={`0 0 ${PER_ROW * (WIDTH + GAP)} ${rows * (HEIGHT + GAP)}`}
      role="img"
      aria-label={label}
    >
      {marks.map(({ name, isIn }, at) => (
        <rect
          key={name}
          x={(at % PER_ROW) * (WIDTH + GAP)}
          y={Math.floor(at / PER_ROW) * (HEIGHT + GAP)}
          width={WIDTH}
          height={HEIGHT}
          rx={2}
          className={isIn ? styles.in : styles.out}
        >
          <title>{name}</title>
        </rect>
      ))}
    </svg>
  );
}

import type { Doctor, DoctorCheck } from '@/lib/contract/v1/doctor';
import { formatCount } from '@/lib/format';
import { Icon, type IconName } from '../ui/icon';
import { Tag, type TagTone } from '../ui/tag';
import { Ago } from '../ui/time';
import styles from './doctor.module.css';

type Props = { doctor: Doctor; now: number };

const LOOKS: Record<DoctorCheck['status'], { tone: TagTone; icon: IconName; word: string }> = {
  ok: { tone: 'ok', icon: 'ok', word: 'Ok' },
  warning: { tone: 'warn', icon: 'warn', word: 'Warning' },
  error: { tone: 'error', icon: 'error', word: 'Broken' },
  skipped: { tone: 'plain', icon: 'waiting', word: 'Skipped' },
};

/** The chain from credentials to a useful plan, in its order. */
export function DoctorReport({ doctor, now }: Props) {
  const { checks, summary, checked_at: checkedAt } = doctor;
  const parts = [...new Set(checks.map(({ part }) => part))];
  return (
    <>
      <header className={styles.heading}>
        <h1 className={styles.title}>{headline(summary)}</h1>
        <p className={styles.quiet}>
          The chain from credentials to a useful plan, looked at <Ago at={checkedAt} now={now} />. In a terminal:{' '}
          <code className={styles.code}>npm run doctor</code>
        </p>
      </header>
      {parts.map((part) => (
        <section key={part} className={styles.panel} aria-labelledby={`part-${part}`}>
          <h2 id={`part-${part}`} className={styles.part}>
            {part}
          </h2>
          <ul className={styles.checks}>
            {checks
              .filter((check) => check.part === part)
              .map((check) => (
                <Check key={check.id} check={check} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function headline({ error, warning }: Doctor['summary']): string {
  if (error > 0) return `${formatCount(error)} ${error === 1 ? 'link is' : 'links are'} broken`;
  if (warning > 0) return `Every link holds, ${formatCount(warning)} with a warning`;
  return 'Every link holds';
}

function Check({ check: { status, name, evidence, details, fix } }: { check: DoctorCheck }) {
  const { tone, icon, word } = LOOKS[status];
  return (
    <li className={styles.check} data-status={status}>
      <span>
        <Tag tone={tone} icon={icon}>
          {word}
        </Tag>
      </span>
      <div className={styles.found}>
        <h3 className={styles.name}>{name}</h3>
        <p>{evidence}</p>
        {details.length === 0 ? null : (
          <ul className={styles.details}>
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
        {fix === null ? null : (
          <p className={styles.fix}>
            <Icon name="arrow" size={14} />
            <span>{fix}</span>
          </p>
        )}
      </div>
    </li>
  );
}

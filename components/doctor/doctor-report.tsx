import type { Doctor, DoctorCheck } from '@/lib/contract/v1/doctor';
import { formatCount } from '@/lib/format';
import { Icon, type IconName } from '../ui/icon';
import { PageHead, Stack } from '../ui/page';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { Tag, type TagTone } from '../ui/tag';
import { Ago } from '../ui/time';
import { Quiet } from '../ui/values';
import styles from './doctor-report.module.css';

type Props = { doctor: Doctor; now: number };

const LOOKS: Record<DoctorCheck['status'], { tone: TagTone; icon: IconName; word: string }> = {
  ok: { tone: 'ok', icon: 'ok', word: 'OK' },
  warning: { tone: 'warn', icon: 'warn', word: 'Warning' },
  error: { tone: 'error', icon: 'error', word: 'Broken' },
  skipped: { tone: 'plain', icon: 'waiting', word: 'Skipped' },
};

/** The chain from credentials to a useful plan, link by link. */
export function DoctorReport({ doctor, now }: Props) {
  const { checks, summary, checked_at: checkedAt } = doctor;
  const parts = [...new Set(checks.map(({ part }) => part))];
  return (
    <>
      <PageHead title={headline(summary)}>
        <Quiet>
          The chain from credentials to a useful plan, checked <Ago at={checkedAt} now={now} />. In a terminal:{' '}
          <code className={styles.code}>watcher-visio doctor</code>, in a checkout{' '}
          <code className={styles.code}>npm run doctor</code>
        </Quiet>
      </PageHead>
      {parts.map((part) => (
        <Panel key={part} title={part} long>
          <ul className={styles.checks}>
            {checks
              .filter((check) => check.part === part)
              .map((check) => (
                <Check key={check.id} check={check} />
              ))}
          </ul>
        </Panel>
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
    <li className={styles.check}>
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

export function DoctorSkeleton() {
  return (
    <div className={styles.waiting}>
      <Stack>
        <PageHead title="Checking every link…" />
        <Skeleton lines={12} />
      </Stack>
    </div>
  );
}

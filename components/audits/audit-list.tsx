import Link from 'next/link';
import type { AuditList as List } from '@/lib/contract/v1/audits';
import { formatCount } from '@/lib/format';
import { Ago } from '../ui/moment';
import { Pending } from '../ui/pending';
import styles from './audits.module.css';
import { addressOf, type Choice, findChosen } from './choice';
import { describeProposal } from './words';

type Props = { list: List; choice: Choice; now: number };

/** Audits, the newest first; the choice is in the address. */
export function AuditList({ list, choice, now }: Props) {
  const { audits, total, offset, limit } = list;
  const selected = findChosen(list, choice);
  const next = offset + limit;
  return (
    <nav aria-label="Choose an audit" className={styles.list}>
      <ul>
        {audits.map((audit) => (
          <li key={audit.id}>
            <Link
              href={addressOf({ ...choice, audit: audit.id })}
              className={styles.item}
              aria-current={audit.id === selected?.id ? 'true' : undefined}
              prefetch={false}
              scroll={false}
            >
              <span className={styles.itemName}>{audit.name}</span>
              <span>{describeProposal(audit)}</span>
              <span className={styles.quiet}>
                <Ago at={audit.created_at} now={now} /> · {audit.type} · {audit.state}
              </span>
              <Pending />
            </Link>
          </li>
        ))}
      </ul>
      {next < total ? (
        <Link className={styles.more} href={addressOf({ older: next, plain: choice.plain })} prefetch={false}>
          Show older ({formatCount(total - next)})
        </Link>
      ) : null}
      {offset > 0 ? (
        <Link className={styles.more} href={addressOf({ older: 0, plain: choice.plain })} prefetch={false}>
          Show the newest
        </Link>
      ) : null}
    </nav>
  );
}

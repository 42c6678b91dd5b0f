import Link from 'next/link';
import type { AuditList as List } from '@/lib/contract/v1/audits';
import { formatAge, formatCount } from '@/lib/format';
import styles from './audits.module.css';
import { describeProposal } from './words';

type Props = { list: List; selected: string | undefined; now: number; older: number };

/** Audits, the newest first; the choice is in the address. */
export function AuditList({ list, selected, now, older }: Props) {
  const { audits, total, offset, limit } = list;
  const link = (id: string) =>
    `/?${new URLSearchParams({ audit: id, ...(older > 0 ? { older: String(older) } : {}) })}`;
  const next = offset + limit;
  return (
    <nav aria-label="Audits" className={styles.list}>
      <ul>
        {audits.map((audit) => (
          <li key={audit.id}>
            <Link
              href={link(audit.id)}
              className={styles.item}
              aria-current={audit.id === selected ? 'true' : undefined}
              prefetch={false}
              scroll={false}
            >
              <span className={styles.itemName}>{audit.name}</span>
              <span>{describeProposal(audit)}</span>
              <span className={styles.quiet}>
                {formatAge(now - audit.created_at)} ago · {audit.type} · {audit.state}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {next < total ? (
        <Link href={`/?older=${next}`} prefetch={false}>
          Show older ({formatCount(total - next)})
        </Link>
      ) : null}
      {offset > 0 ? (
        <Link href="/" prefetch={false}>
          Show the newest
        </Link>
      ) : null}
    </nav>
  );
}

import Link from 'next/link';
import type { Host } from '@/lib/contract/v1/hosts';
import { Icon } from '../ui/icon';
import { Tag } from '../ui/tag';
import styles from './hosts.module.css';
import { StateTag } from './state-tag';

/** Which host it is and how it is doing, in words. */
export function HostHead({ host }: { host: Host }) {
  const { name, hypervisor_hostname: other, hypervisor_type: type, level, state, status } = host;
  return (
    <div className={styles.hostHead}>
      <BackToHosts />
      <div className={styles.heading}>
        <h1 className={styles.title} data-mono>
          {name}
        </h1>
        {level === 'hot' ? (
          <Tag tone="error" icon="hot">
            hot
          </Tag>
        ) : null}
        {level === 'warm' ? (
          <Tag tone="warn" icon="warn">
            warm
          </Tag>
        ) : null}
        {level === 'unknown' ? <Tag>load unknown</Tag> : null}
        {state === 'up' && status === 'enabled' ? null : <StateTag host={host} whole />}
        <p className={styles.subtitle}>
          {other === name ? type : `${other}, ${type}`}
          {state === 'up' && status === 'enabled' ? ', up and enabled' : ''}
        </p>
      </div>
    </div>
  );
}

export function BackToHosts() {
  return (
    <Link href="/hosts/" prefetch={false} className={styles.back}>
      <Icon name="back" size={14} /> All hosts
    </Link>
  );
}

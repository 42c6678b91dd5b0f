import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import styles from './place-line.module.css';

type Props = { zone: string | undefined; aggregate: string | undefined };

/** Says above a page that it shows a part of the region only, and leads to all of it. */
export function PlaceLine({ zone, aggregate }: Props) {
  const parts = [
    ...(zone === undefined ? [] : [`zone ${zone}`]),
    ...(aggregate === undefined ? [] : [`aggregate ${aggregate}`]),
  ];
  if (parts.length === 0) return null;
  return (
    <p className={styles.line}>
      <Icon name="info" size={16} tone="quiet" />
      <span>
        Only hosts of <strong>{parts.join(' and ')}</strong>. Plans and news are of the whole region.{' '}
        <Link href="/" prefetch={false}>
          Show all hosts
        </Link>
      </span>
    </p>
  );
}

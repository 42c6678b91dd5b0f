import { Button } from '@/components/ui/button';
import styles from './account.module.css';

type Props = {
  /** Who has signed in, as Keystone or the proxy in front calls them. */
  name: string;
  /** Where a proxy signs people in, it signs them out too. */
  canSignOut: boolean;
};

/** Who looks, and the way out. A form, so that it works without JavaScript and no link can sign anybody out. */
export function Account({ name, canSignOut }: Props) {
  return (
    <form action="/api/sign-out/" method="post" className={styles.account}>
      <span className={styles.name} title={`Signed in as ${name}`}>
        <span className="visually-hidden">Signed in as </span>
        {name}
      </span>
      {canSignOut ? (
        <Button type="submit" look="ghost">
          Sign out
        </Button>
      ) : null}
    </form>
  );
}

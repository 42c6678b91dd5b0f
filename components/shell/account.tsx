'use client';

import { Button } from '@/components/ui/button';
import { stopReading } from '../live/answers';
import styles from './account.module.css';

type Props = {
  /** The user's name, from Keystone or from the proxy in front. */
  name: string;
  /** False where a proxy signs people in, because it signs them out, too. */
  canSignOut: boolean;
};

/** The user, and the way to sign out: a form, so that it works without JavaScript and no link can sign anyone out. */
export function Account({ name, canSignOut }: Props) {
  return (
    <form action="/api/sign-out/" method="post" className={styles.account} onSubmit={stopReading}>
      <span className={styles.name} data-hide="phone" title={`Signed in as ${name}`}>
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

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { withBase } from '@/lib/base-path';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import styles from './page.module.css';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Sign in' };

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

/** A form that works without JavaScript and shows nothing about the cloud. */
export default async function SignIn({ searchParams }: Props) {
  if (dashboardSettings().auth !== 'keystone') redirect('/');
  const query = await searchParams;
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const problem = PROBLEMS.get(text('problem'))?.(text('minutes'));
  return (
    <form action={withBase('/api/sign-in/')} method="post" className={styles.form}>
      <div>
        <h1 className={styles.title}>Sign in to Watcher Visio</h1>
        <p className={styles.hint}>With your own OpenStack user.</p>
      </div>
      {problem ? (
        <Notice tone={text('problem') === 'out' ? 'plain' : 'error'} role="alert">
          {problem}
        </Notice>
      ) : null}
      <label className={styles.label}>
        User
        <input className={styles.input} name="user" autoComplete="username" autoCapitalize="none" required />
      </label>
      <label className={styles.label}>
        Password
        <input className={styles.input} name="password" type="password" autoComplete="current-password" required />
      </label>
      <label className={styles.label}>
        Domain
        <input className={styles.input} name="domain" defaultValue="Default" autoComplete="organization" required />
      </label>
      {text('code') === '' ? null : (
        <label className={styles.label}>
          Code
          <input className={styles.input} name="code" inputMode="numeric" autoComplete="one-time-code" required />
        </label>
      )}
      <input type="hidden" name="next" value={text('next') || '/'} />
      <Button type="submit" look="primary">
        Sign in
      </Button>
    </form>
  );
}

/** The address names one of these, so that it can't put its own words on this page. */
const PROBLEMS = new Map<string, (minutes: string) => string>([
  ['refused', () => 'Keystone refused this user and password, or the user has no role in this dashboard’s project.'],
  ['expired', () => 'The password of this user has expired. Change it with Horizon or the openstack command.'],
  ['code', () => 'Keystone asks this user for a code too. Enter the password again, and the code of your app.'],
  ['role', () => 'This user has none of the roles allowed to view this dashboard.'],
  ['second-factor', () => 'Keystone asks this user for a second factor, which this page does not support.'],
  ['throttled', (minutes) => `Too many attempts. Try again in ${/^[1-9]$/.test(minutes) ? minutes : 'a few'} min.`],
  ['form', () => 'Enter user and password, and send the form from this page.'],
  ['unreachable', () => 'Keystone does not respond. Try again in a moment.'],
  ['out', () => 'You have signed out.'],
]);

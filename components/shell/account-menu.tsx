'use client';

import { type RefObject, useRef, useSyncExternalStore } from 'react';
import { stopReading } from '../live/answers';
import { useTick } from '../live/live-refresh';
import { useShortcut } from '../live/shortcuts';
import { Button } from '../ui/button';
import { Menu, type MenuItem } from '../ui/menu';
import styles from './account-menu.module.css';
import { openKeys } from './keys';
import { nextTheme, type Theme } from './theme';
import { useTheme } from './use-theme';

type Props = {
  /** The user's name, from Keystone or from the proxy in front; null where nobody signs in. */
  name: string | null;
  /** False where a proxy signs people in, because it signs them out, too. */
  canSignOut: boolean;
  theme: Theme;
};

/** Who you are, and what concerns the whole page: refresh, theme, keys, sign out. */
export function AccountMenu({ name, canSignOut, theme: initial }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const { retry, busy } = useTick();
  const [theme, turnTheme] = useTheme(initial);
  useShortcut('r', () => retry());
  useShortcut('t', turnTheme);
  const items: MenuItem[] = [
    { label: busy ? 'Refreshing…' : 'Refresh now', kind: 'r', onSelect: () => retry() },
    { label: `Theme: ${theme}`, note: `Switch to ${nextTheme(theme)}`, kind: 't', onSelect: turnTheme },
    { label: 'Keys', kind: '?', onSelect: openKeys },
    ...(canSignOut && name !== null ? [{ label: 'Sign out', onSelect: () => form.current?.requestSubmit() }] : []),
  ];
  return (
    <>
      <span className={styles.menu} data-hide="no-script" data-busy={busy || undefined}>
        <Menu
          label="Account"
          items={items}
          trigger={(props) => (
            <Button {...props} look="ghost" icon={busy ? 'refresh' : 'user'} opens>
              {name === null ? (
                <span data-hide="tablet">Menu</span>
              ) : (
                <span className={styles.name} data-hide="tablet">
                  {name}
                </span>
              )}
              <span className="visually-hidden">{name === null ? 'Menu' : `Signed in as ${name}`}</span>
            </Button>
          )}
        />
      </span>
      {canSignOut && name !== null ? <SignOut form={form} /> : null}
    </>
  );
}

/** A form, so that no link can sign anyone out; its button is for browsers without JavaScript. */
function SignOut({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const hasScript = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return (
    <form ref={form} action="/api/sign-out/" method="post" hidden={hasScript} onSubmit={stopReading}>
      {hasScript ? null : (
        <noscript>
          <button type="submit">Sign out</button>
        </noscript>
      )}
    </form>
  );
}

'use client';

import { type RefObject, useRef, useSyncExternalStore } from 'react';
import { withBase } from '@/lib/base-path';
import type { Permission } from '@/lib/contract/v1/acts';
import { formatNames } from '@/lib/format';
import { ADDRESSES, stopReading } from '../live/answers';
import { useTick } from '../live/live-refresh';
import { useShortcut } from '../live/shortcuts';
import { useAnswer } from '../live/use-answer';
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
  const { data: permission } = useAnswer<Permission>(ADDRESSES.permission);
  const items: MenuItem[] = [
    ...(permission ? [rightsOf(permission)] : []),
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
                <>
                  <span className={styles.name} data-hide="tablet">
                    {name}
                  </span>
                  <span className={styles.may} data-hide="tablet">
                    {permission ? mayWords(permission) : null}
                  </span>
                </>
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

const mayWords = ({ may_act: mayAct }: Permission): string => (mayAct ? 'may act' : 'may look');

/** What the visitor may do here, and by which roles; it is there to be read, and does nothing. */
function rightsOf(permission: Permission): MenuItem {
  const { roles, reason } = permission;
  const held = roles === null || roles.length === 0 ? '' : `Your roles in this region: ${formatNames(roles)}.`;
  return {
    label: `You ${mayWords(permission)}`,
    disabled: reason ?? (held || 'Nobody signs in here.'),
    onSelect: () => {},
  };
}

/** A form, so that no link can sign anyone out; its button is for browsers without JavaScript. */
function SignOut({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const hasScript = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return (
    <form ref={form} action={withBase('/api/sign-out/')} method="post" hidden={hasScript} onSubmit={stopReading}>
      {hasScript ? null : (
        <noscript>
          <button type="submit">Sign out</button>
        </noscript>
      )}
    </form>
  );
}

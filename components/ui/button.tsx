import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon';
import { Link } from './link';

type Look = {
  /** `ghost` has no border, `primary` marks the main action. */
  look?: 'plain' | 'ghost' | 'primary';
  icon?: IconName;
  /** Shows only the icon; the children become its accessible name and tooltip. */
  iconOnly?: boolean;
  /** Opens something below the button. */
  opens?: boolean;
};

type ButtonProps = Look & Omit<ComponentProps<'button'>, 'className'>;

export function Button({ look = 'plain', icon, iconOnly = false, opens = false, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      title={iconOnly && typeof children === 'string' ? children : undefined}
      {...rest}
      className={styles.button}
      data-look={look}
      data-icon-only={iconOnly || undefined}
    >
      <Content icon={icon} iconOnly={iconOnly} opens={opens}>
        {children}
      </Content>
    </button>
  );
}

type LinkProps = Look & Omit<ComponentProps<typeof Link>, 'className'>;

/** A link that looks like a button; with `download`, a file to save. */
export function ButtonLink({ look = 'plain', icon, iconOnly = false, opens = false, children, ...rest }: LinkProps) {
  return (
    <Link prefetch={false} {...rest} className={styles.button} data-look={look} data-icon-only={iconOnly || undefined}>
      <Content icon={icon} iconOnly={iconOnly} opens={opens}>
        {children}
      </Content>
    </Link>
  );
}

function Content({ icon, iconOnly, opens, children }: Look & { children: ReactNode }) {
  return (
    <>
      {icon === undefined ? null : (
        <span className={styles.mark} data-icon={icon}>
          <Icon name={icon} />
        </span>
      )}
      {iconOnly ? <span className="visually-hidden">{children}</span> : children}
      {opens ? (
        <span className={styles.mark}>
          <Icon name="down" size={14} />
        </span>
      ) : null}
    </>
  );
}

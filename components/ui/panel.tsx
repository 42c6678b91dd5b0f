import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

/** Heading level of a panel's title. */
export type Level = 2 | 3 | 4;

type Named =
  | { title: ReactNode; label?: undefined }
  /** The name of a panel without a visible title. */
  | { title?: undefined; label: string };

type Props = Named & {
  /** Id of the title. */
  id?: string;
  level?: Level;
  /** Beside the title, quieter. */
  note?: ReactNode;
  /** Beside the title, more noticeable: how old the data is, for example. */
  tag?: ReactNode;
  /** At the right end of the head. */
  controls?: ReactNode;
  /** May break across pages in print. */
  long?: boolean;
  tone?: 'accent';
  busy?: boolean;
  /** Not printed. */
  screenOnly?: boolean;
  children: ReactNode;
};

/** A framed area with a head. Content reaches its edges, such as a table; the parts below have padding. */
export function Panel({
  title,
  label,
  id,
  level = 2,
  note,
  tag,
  controls,
  long,
  tone,
  busy,
  screenOnly,
  children,
}: Props) {
  const ownId = useId();
  const titleId = id ?? ownId;
  const Heading = `h${level}` as const;
  return (
    <section
      className={styles.panel}
      aria-label={label}
      aria-labelledby={label === undefined ? titleId : undefined}
      aria-busy={busy || undefined}
      data-long={long || undefined}
      data-tone={tone}
      data-hide={screenOnly ? 'print' : undefined}
    >
      {title === undefined ? null : (
        <div className={styles.head}>
          <Heading id={titleId} className={styles.title}>
            {title}
          </Heading>
          {note == null ? null : <span className={styles.quiet}>{note}</span>}
          {tag}
          {controls == null ? null : (
            <div className={styles.controls} data-hide="print">
              {controls}
            </div>
          )}
        </div>
      )}
      {children}
    </section>
  );
}

export function PanelBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}

type ToolsProps = {
  label: string;
  /** At the right end. */
  aside?: ReactNode;
  children: ReactNode;
};

/** Fields and buttons in a row; not printed. */
export function PanelTools({ label, aside, children }: ToolsProps) {
  return (
    <section className={styles.tools} aria-label={label} data-hide="print">
      {children}
      {aside == null ? null : <span className={styles.aside}>{aside}</span>}
    </section>
  );
}

/** A sentence with controls; printed, since it explains the figures. */
export function PanelLine({ busy, children }: { busy?: boolean; children: ReactNode }) {
  return (
    <div className={styles.line} aria-busy={busy || undefined}>
      {children}
    </div>
  );
}

/** A remark about the content. */
export function PanelNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}

/** Shown instead of content that is missing: what that means, and what to do. */
export function PanelEmpty({ children }: { children: ReactNode }) {
  return <div className={styles.empty}>{children}</div>;
}

/** The last line: what is shown, and at the right end how to see more. */
export function PanelFoot({ controls, children }: { controls?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.foot}>
      <span className={styles.said}>{children}</span>
      {controls == null ? null : (
        <span className={styles.controls} data-hide="print">
          {controls}
        </span>
      )}
    </div>
  );
}

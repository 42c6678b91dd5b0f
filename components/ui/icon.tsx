import type { ReactElement } from 'react';
import styles from './icon.module.css';

/** Paths on a 16 × 16 grid. */
const PATHS = {
  ok: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m5.3 8.2 1.9 1.9 3.5-4" />
    </>
  ),
  warn: <path d="M8 2.2 14.4 13.5H1.6ZM8 6.4v3.2M8 11.6v.1" />,
  hot: (
    <>
      <path d="M8 1.8 14.8 14H1.2Z" fill="currentColor" />
      <path d="M8 6.3v3.4M8 11.8v.1" className={styles.cut} />
    </>
  ),
  error: <path d="M5.2 1.75h5.6l3.45 3.45v5.6l-3.45 3.45H5.2l-3.45-3.45V5.2ZM6 6l4 4m0-4-4 4" />,
  mock: (
    <>
      <path d="M8 1.6 14.4 8 8 14.4 1.6 8Z" strokeDasharray="2.4 2" />
      <path d="M8 6v2.4M8 10.4v.1" />
    </>
  ),
  play: <path d="M5 3.2v9.6L13 8Z" />,
  stop: <path d="M4 4h8v8H4Z" />,
  waiting: <circle cx="8" cy="8" r="6.25" strokeDasharray="2.6 2.4" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" fill="currentColor" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 7.2v3.6M8 5v.1" />
    </>
  ),
  refresh: <path d="M13.5 8a5.5 5.5 0 1 1-1.7-4M13.6 1.9v2.6H11" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M12.8 3.2l-1 1M4.2 11.8l-1 1" />
    </>
  ),
  moon: <path d="M13.6 9.6A6 6 0 0 1 6.4 2.4a6 6 0 1 0 7.2 7.2Z" />,
  system: <path d="M2 2.8h12v8.2H2ZM5.4 13.8h5.2M8 11v2.8" />,
  user: (
    <>
      <circle cx="8" cy="5.4" r="2.9" />
      <path d="M2.6 14a5.4 5.4 0 0 1 10.8 0" />
    </>
  ),
  eye: (
    <>
      <path d="M1.4 8S3.8 3.4 8 3.4 14.6 8 14.6 8 12.2 12.6 8 12.6 1.4 8 1.4 8Z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  keyboard: <path d="M1.8 4h12.4v8H1.8ZM4.4 6.6v.1M7 6.6v.1M9.4 6.6v.1M11.8 6.6v.1M4.8 9.4h6.4" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.4 10.4 3.4 3.4" />
    </>
  ),
  lock: <path d="M3.8 7.2h8.4v6.3H3.8ZM5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2" />,
  close: <path d="m4 4 8 8m0-8-8 8" />,
  check: <path d="m3.4 8.6 3 3 6.2-7" />,
  arrow: <path d="M2.5 8h11M9.5 4l4 4-4 4" />,
  back: <path d="M13.5 8h-11M6.5 4l-4 4 4 4" />,
  up: <path d="m4 10 4-4 4 4" />,
  down: <path d="m4 6 4 4 4-4" />,
  sort: <path d="m5 6 3-3 3 3M5 10l3 3 3-3" />,
  export: <path d="M8 2v8m-3-3 3 3 3-3M2.5 11v2.5h11V11" />,
  copy: <path d="M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3" />,
  link: (
    <path d="M6.7 9.3a2.7 2.7 0 0 0 3.8 0l2.3-2.3A2.7 2.7 0 0 0 9 3.2l-.9.9M9.3 6.7a2.7 2.7 0 0 0-3.8 0L3.2 9A2.7 2.7 0 0 0 7 12.8l.9-.9" />
  ),
  plan: (
    <>
      <circle cx="3.6" cy="12" r="1.9" />
      <circle cx="12.4" cy="4" r="1.9" />
      <path d="M5.4 12h4.1a2.2 2.2 0 0 0 0-4H6.4a2.2 2.2 0 0 1 0-4h4" />
    </>
  ),
  list: <path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4v.1M2.5 8v.1M2.5 12v.1" />,
  chart: <path d="M2.2 13.8h11.6M4 11V8M8 11V3.5M12 11V6" />,
  filter: <path d="M2 3.5h12L9.6 8.8v4L6.4 11V8.8Z" />,
  server: <path d="M2.5 2.5h11v4.6h-11ZM2.5 8.9h11v4.6h-11ZM5 4.8v.1M5 11.2v.1" />,
} as const satisfies Record<string, ReactElement>;

export type IconName = keyof typeof PATHS;
export type IconTone = 'ok' | 'warn' | 'error' | 'hot' | 'accent' | 'mock' | 'quiet';

type Props = {
  name: IconName;
  size?: 12 | 14 | 16 | 24 | 28;
  /** By default, an icon has the colour of the text. */
  tone?: IconTone;
};

/** Decorative: the text beside it, or the name of its button, has the same meaning. */
export function Icon({ name, size = 16, tone }: Props) {
  return (
    <svg
      className={styles.icon}
      data-tone={tone}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {PATHS[name]}
    </svg>
  );
}

/** The mark of the product: loads in steps, and an eye above them. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="6" fill="var(--ink)" />
      <path d="M5 14.5h3M9.6 11h3M14.2 8h3" stroke="var(--surface)" strokeWidth="2" strokeLinecap="round" fill="none" />
      <path
        d="M6.5 7.2c3-2.6 6.6-2.4 9-.6"
        stroke="var(--accent)"
        strokeWidth="1.8"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}

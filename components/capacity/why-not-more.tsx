import type { FlavorSlots, SlotsEnding } from '@/lib/contract/v1/capacity';
import { formatCount, formatNames, formatThings } from '@/lib/format';
import styles from './why-not-more.module.css';

/** Open hosts by what ends the room for a flavor, and what would help. */
export function WhyNotMore({ flavor }: { flavor: FlavorSlots }) {
  const { endings, closed, not_checked: notChecked, slots, slots_from_volume: fromVolume } = flavor;
  const total = endings.reduce((sum, { hosts }) => sum + hosts, 0);
  const helps = closed.filter((host) => (host.slots ?? 0) > 0);
  const others = closed.length - helps.length;
  return (
    <div className={styles.why}>
      {total === 0 ? <p>No host is open for new VMs.</p> : <Bar endings={endings} total={total} />}
      <ul className={styles.endings}>
        {endings.map((ending, at) => (
          <li key={`${ending.kind} ${ending.detail}`} className={styles.ending}>
            <svg className={styles.mark} data-shade={Math.min(at, SHADES)} aria-hidden="true">
              <rect width="10" height="10" rx="2" />
            </svg>
            <span className={styles.text}>{inWords(ending)}</span>
            <span className={styles.hosts}>{formatThings(ending.hosts, 'host')}</span>
            {ending.full.length === 0 || ending.kind !== 'resource' ? null : (
              <span className={styles.full}>full: {formatNames(ending.full)}</span>
            )}
          </li>
        ))}
      </ul>
      {fromVolume !== null && slots !== null && fromVolume > slots ? (
        <p className={styles.note}>From volumes, which need no disk of the host, {formatCount(fromVolume)} fit.</p>
      ) : null}
      {helps.length === 0 ? null : (
        <p className={styles.note}>
          Not counted:{' '}
          {helps.slice(0, MOST).map(({ name, slots: more }, at) => (
            <span key={name}>
              {at > 0 ? ', ' : ''}
              <span className={styles.name}>{name}</span>, which would add <strong>{formatCount(more)}</strong>
            </span>
          ))}
          {helps.length > MOST ? ` and ${formatThings(helps.length - MOST, 'host')} more` : ''}.
        </p>
      )}
      {others > 0 ? (
        <p className={styles.note}>
          {formatThings(others, 'closed host')} would add none, or {others === 1 ? 'is' : 'are'} unknown.
        </p>
      ) : null}
      {notChecked.length === 0 ? null : (
        <p className={styles.note}>Fewer may fit: nobody counts {formatNames(notChecked)}.</p>
      )}
    </div>
  );
}

const MOST = 3;
/** Shades that the style sheet has, from the first. */
const SHADES = 3;

const inWords = ({ kind, text }: SlotsEnding): string =>
  kind === 'resource' ? `${capital(text)} ends it` : capital(text);

/** vCPU begins as it is written everywhere. */
const capital = (text: string) => (text.startsWith('vCPU') ? text : text.charAt(0).toUpperCase() + text.slice(1));

function Bar({ endings, total }: { endings: SlotsEnding[]; total: number }) {
  let before = 0;
  return (
    <svg className={styles.bar} aria-hidden="true">
      {endings.map(({ kind, detail, hosts }, at) => {
        const from = before;
        before += hosts;
        return (
          <rect
            key={`${kind} ${detail}`}
            data-shade={Math.min(at, SHADES)}
            x={`${((100 * from) / total).toFixed(2)}%`}
            width={`${((100 * hosts) / total).toFixed(2)}%`}
            height="12"
          />
        );
      })}
    </svg>
  );
}

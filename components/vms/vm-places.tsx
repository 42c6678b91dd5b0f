import type { VmDetail } from '@/lib/contract/v1/vms';
import { formatDate, formatThings, formatTime } from '@/lib/format';
import { Panel, PanelBody, PanelNote } from '../ui/panel';
import styles from './vm-places.module.css';

type Props = { name: string; places: VmDetail['places']; now: number };

/** Hosts that have a line; the newest of more. */
const MOST_HOSTS = 8;
/** Height of a line in px; the name beside it is as high. */
const LINE = 24;
const DAYS = 7;

/** On which host the VM was when: a line for each host, a step for each move. The table of its moves says the same. */
export function VmPlaces({ name, places, now }: Props) {
  const { stays, from, until, reason } = places;
  const all = [...new Set(stays.toReversed().map(({ host }) => host))];
  const hosts = all.slice(0, MOST_HOSTS).sort();
  const x = (at: number) => `${((100 * (at - from)) / (until - from)).toFixed(2)}%`;
  const y = (host: string) => LINE * (hosts.indexOf(host) + 0.5);
  const shown = stays.filter(({ host }) => hosts.includes(host));
  const last = stays.at(-1);
  const more = all.length - hosts.length;
  return (
    <Panel title="Where it was" note="7 days; a step is a move, the colour the load of its host" long>
      {stays.length === 0 ? null : (
        <PanelBody>
          <div className={styles.chart}>
            <ul className={styles.names} aria-hidden="true">
              {hosts.map((host) => (
                <li key={host} className={styles.name} title={host}>
                  {host}
                </li>
              ))}
            </ul>
            <svg
              className={styles.drawn}
              width="100%"
              height={LINE * hosts.length}
              role="img"
              aria-label={inWords(name, places, now)}
            >
              {hosts.map((host) => (
                <line key={host} className={styles.grid} x1="0" x2="100%" y1={y(host)} y2={y(host)} />
              ))}
              {stays.slice(1).map((stay, i) => {
                const before = stays[i]?.host ?? '';
                return hosts.includes(before) && hosts.includes(stay.host) ? (
                  <line
                    key={stay.from}
                    className={styles.move}
                    x1={x(stay.from)}
                    x2={x(stay.from)}
                    y1={y(before)}
                    y2={y(stay.host)}
                  />
                ) : null;
              })}
              {shown.flatMap(({ host, levels }) =>
                levels.map(({ level, from: begin, until: end }) => (
                  <line
                    key={`${host} ${begin}`}
                    className={styles.stay}
                    data-level={level}
                    x1={x(begin)}
                    x2={x(end)}
                    y1={y(host)}
                    y2={y(host)}
                  >
                    <title>{`${host}, ${formatTime(begin, now)} to ${formatTime(end, now)}: ${LEVELS[level]}`}</title>
                  </line>
                )),
              )}
              {last && last.until === until && hosts.includes(last.host) ? (
                <circle className={styles.here} cx="100%" cy={y(last.host)} r="4" />
              ) : null}
            </svg>
            <div className={styles.axis} aria-hidden="true">
              {Array.from({ length: DAYS }, (_, day) => from + (day * (until - from)) / DAYS).map((at) => (
                <span key={at} className={styles.day}>
                  {formatDate(at, now)}
                </span>
              ))}
              <span>now</span>
            </div>
          </div>
          <ul className={styles.legend} aria-hidden="true">
            {Object.entries(LEVELS).map(([level, words]) => (
              <li key={level} className={styles.entry}>
                <svg width="18" height="6" aria-hidden="true">
                  <line className={styles.stay} data-level={level} x1="2" x2="16" y1="3" y2="3" />
                </svg>
                {words}
              </li>
            ))}
          </ul>
        </PanelBody>
      )}
      {more === 0 ? null : <PanelNote>It was on {formatThings(more, 'other host')} before.</PanelNote>}
      {reason === null ? null : <PanelNote>{reason}</PanelNote>}
    </Panel>
  );
}

const LEVELS = { normal: 'host normal', warm: 'host warm', hot: 'host hot', unknown: 'load unknown' };

/** "web-09 was on 3 hosts in 7 days: cmp-r01-11 until 7 Feb, 10:00, …" */
function inWords(name: string, { stays }: VmDetail['places'], now: number): string {
  const hosts = new Set(stays.map(({ host }) => host)).size;
  const parts = stays.slice(-MOST_HOSTS).map(({ host, from }) => `${host} from ${formatTime(from, now)}`);
  return `${name} was on ${formatThings(hosts, 'host')} in 7 days: ${parts.join(', ')}.`;
}

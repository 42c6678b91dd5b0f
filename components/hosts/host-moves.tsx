import Link from 'next/link';
import type { Migration } from '@/lib/contract/v1/audits';
import type { HostPlan } from '@/lib/contract/v1/hosts';
import { formatBytes, formatCount, formatPoints, formatThings } from '@/lib/format';
import { moveState, problemOf } from '../moves/words';
import { hostAddress } from './choice';
import styles from './hosts.module.css';
import { Unknown } from './values';

type Props = { way: 'leaving' | 'arriving'; moves: Migration[]; plan: HostPlan | null; audit: string | undefined };

const WORDS = {
  leaving: { title: 'Leaving', place: 'Destination', none: 'No VM would leave.' },
  arriving: { title: 'Arriving', place: 'Source', none: 'No VM would arrive.' },
};

/** The migrations of the plan that begin or end here. */
export function HostMoves({ way, moves, plan, audit }: Props) {
  const { title, place, none } = WORDS[way];
  return (
    <section className={styles.panel} aria-labelledby={way}>
      <div className={styles.toolbar}>
        <h2 id={way} className={styles.panelTitle}>
          {title}
        </h2>
        {moves.length === 0 ? null : <p className={styles.quiet}>{formatThings(moves.length, 'migration')}</p>}
      </div>
      {moves.length === 0 ? (
        <p className={styles.note}>{plan === null ? 'No plan is applied.' : none}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={`Migrations ${way}`}>
          <table className={styles.table}>
            <thead>
              <tr>
                <Head>Instance</Head>
                <Head>{place}</Head>
                <Head>Flavor</Head>
                <Head number>vCPU</Head>
                <Head number>RAM</Head>
                <Head number>CPU here</Head>
                <Head>State</Head>
              </tr>
            </thead>
            <tbody>
              {moves.map((move) => (
                <Row key={move.action_id} move={move} way={way} audit={audit} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function Head({ number = false, children }: { number?: boolean; children: string }) {
  return (
    <th scope="col" data-kind={number ? 'number' : 'text'}>
      <span className={styles.head}>{children}</span>
    </th>
  );
}

function Row({ move, way, audit }: { move: Migration; way: Props['way']; audit: string | undefined }) {
  const leaving = way === 'leaving';
  const other = leaving ? move.destination : move.source;
  const points = leaving ? move.source_points : move.destination_points;
  const problem = problemOf(move);
  return (
    <tr>
      <th scope="row" data-kind="text">
        <span className={styles.name} title={move.instance_name}>
          {move.instance_name}
        </span>
      </th>
      <td data-kind="text">
        {other === null || other === '' ? (
          'chosen by the scheduler'
        ) : (
          <Link href={hostAddress(other, { audit })} prefetch={false} className={styles.name} title={other}>
            {other}
          </Link>
        )}
      </td>
      <td data-kind="text">
        {move.flavor === null ? (
          <Unknown reason="The VM’s flavor is not known." />
        ) : (
          <span className={styles.name}>{move.flavor}</span>
        )}
      </td>
      <td data-kind="number">
        {move.vcpus === null ? <Unknown reason="The VM’s flavor is not known." /> : formatCount(move.vcpus)}
      </td>
      <td data-kind="number">
        {move.ram === null ? <Unknown reason="The VM’s flavor is not known." /> : formatBytes(move.ram)}
      </td>
      <td data-kind="number">
        {points === null ? (
          <Unknown reason="The VM’s load is not known." />
        ) : (
          `${leaving ? '−' : '+'}${formatPoints(points)}`
        )}
      </td>
      <td data-kind="text" title={problem ?? undefined}>
        {problem === null ? moveState(move.state) : `${moveState(move.state)}: ${problem}`}
      </td>
    </tr>
  );
}

import Link from 'next/link';
import type { Comparison as Compared, ComparedMove, ComparedSide } from '@/lib/contract/v1/compare';
import type { Scores } from '@/lib/contract/v1/verdicts';
import { formatBytes, formatCount, formatPercent, formatPoints, formatThings, MISSING } from '@/lib/format';
import { Tag } from '../ui/tag';
import { Ago } from '../ui/time';
import styles from './review.module.css';
import { VERDICT_LOOK } from './words';

type Props = { data: Compared; now: number };

const MOST = 60;

/** Two plans side by side: what each makes of the cluster, what it costs, and which moves they share. */
export function Comparison({ data: { left, right, moves }, now }: Props) {
  return (
    <>
      <section className={styles.panel} aria-label="Figures">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label="Figures of both plans">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Figure</th>
                <th scope="col" data-kind="number">
                  Now
                </th>
                <SideHead side={left} now={now} />
                <SideHead side={right} now={now} />
              </tr>
            </thead>
            <tbody>
              {figures(left, right).map(({ name, before, values }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td data-kind="number">{before}</td>
                  {values.map((value, i) => (
                    <td key={i === 0 ? 'left' : 'right'} data-kind="number" className={styles.after}>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">Verdict</th>
                <td />
                {[left, right].map(({ plan_id: id, changed, result: { verdict } }) => (
                  <td key={`${id} ${changed}`} data-kind="number">
                    {verdict === null ? (
                      'nothing left to run'
                    ) : (
                      <Tag tone={VERDICT_LOOK[verdict].tone} icon={VERDICT_LOOK[verdict].icon}>
                        {VERDICT_LOOK[verdict].word}
                      </Tag>
                    )}
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </section>
      </section>
      <MoveList title="Same VM, another destination" moves={moves.differing} />
      <MoveList title="Only on the left" moves={moves.only_left} />
      <MoveList title="Only on the right" moves={moves.only_right} />
      <MoveList title="In common" moves={moves.common} />
    </>
  );
}

function SideHead({ side, now }: { side: ComparedSide; now: number }) {
  return (
    <th scope="col" data-kind="number">
      <Link href={`/audits/${encodeURIComponent(side.audit_id)}/plans/${side.plan_id}`} prefetch={false}>
        {side.audit}
      </Link>
      {side.changed ? ', variant' : ''}
      <br />
      {side.state}, made <Ago at={side.created_at} now={now} />
    </th>
  );
}

type Figure = { name: string; before: string; values: [left: string, right: string] };

function figures(left: ComparedSide, right: ComparedSide): Figure[] {
  const { now } = left.result;
  const scored = (name: string, pick: (scores: Scores) => number | null | undefined): Figure => ({
    name,
    before: formatCount(pick(now)),
    values: [formatCount(pick(left.result.after)), formatCount(pick(right.result.after))],
  });
  const counted = (name: string, pick: (side: ComparedSide) => string): Figure => ({
    name,
    before: '',
    values: [pick(left), pick(right)],
  });
  const hottest = ({ cpu }: Scores) =>
    cpu ? `${cpu.highest.host} ${formatPercent(cpu.highest.percentage, 0)}` : MISSING;
  return [
    scored('Balance', ({ overall }) => overall),
    scored('CPU used, score', ({ cpu }) => cpu?.score),
    scored('RAM used, score', ({ ram }) => ram?.score),
    scored('vCPU allocated, score', ({ vcpu }) => vcpu?.score),
    scored('RAM allocated, score', ({ vram }) => vram?.score),
    {
      name: 'CPU spread (σ)',
      before: formatPoints(now.cpu?.spread),
      values: [formatPoints(left.result.after.cpu?.spread), formatPoints(right.result.after.cpu?.spread)],
    },
    { name: 'Hottest host', before: hottest(now), values: [hottest(left.result.after), hottest(right.result.after)] },
    counted('Moves to run', ({ result }) => formatCount(result.totals.moves)),
    counted('RAM to copy', ({ result }) => formatBytes(result.totals.ram_to_copy)),
    counted('Hosts emptied', ({ result }) => formatCount(result.totals.emptied)),
    counted('Would fail', ({ result }) => formatCount(result.counts['would-fail'])),
    counted('With a warning', ({ result }) => formatCount(result.counts.warning)),
  ];
}

function MoveList({ title, moves }: { title: string; moves: ComparedMove[] }) {
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>{title}</h2>
        <span className={styles.quiet}>{moves.length === 0 ? 'None' : formatThings(moves.length, 'VM')}</span>
      </div>
      {moves.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={`${title}: moves`}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">VM</th>
                <th scope="col">From</th>
                <th scope="col">Left to</th>
                <th scope="col">Right to</th>
              </tr>
            </thead>
            <tbody>
              {moves.slice(0, MOST).map((move) => (
                <tr key={move.vm_id}>
                  <th scope="row" className={styles.vm}>
                    <span className={styles.name}>{move.vm_name}</span>
                  </th>
                  <td className={styles.name}>{move.source ?? MISSING}</td>
                  <End host={move.left} verdict={move.left_verdict} />
                  <End host={move.right} verdict={move.right_verdict} />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {moves.length > MOST ? (
        <p className={styles.foot}>
          <span className={styles.quiet}>{formatThings(moves.length - MOST, 'VM')} more; the API has them all.</span>
        </p>
      ) : null}
    </section>
  );
}

function End({ host, verdict }: { host: string | null; verdict: ComparedMove['left_verdict'] }) {
  if (verdict === null) return <td className={styles.quiet}>stays</td>;
  return (
    <td>
      <span className={styles.name}>{host ?? 'scheduler chooses'}</span>{' '}
      {verdict === 'ok' || verdict === 'unchecked' ? null : (
        <Tag tone={VERDICT_LOOK[verdict].tone}>{VERDICT_LOOK[verdict].word}</Tag>
      )}
    </td>
  );
}

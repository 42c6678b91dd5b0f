import type { Capacity } from '@/lib/contract/v1/capacity';
import type { ForecastView } from '@/lib/contract/v1/forecast';
import type { HostFailures } from '@/lib/contract/v1/host-failures';
import { formatThings } from '@/lib/format';
import { Verdict, VerdictName } from '../figures/verdict';
import type { CapacityPlace } from './choice';
import { titleOf, zonesInWords } from './words';
import { byZone, firstToFill, SUBJECTS } from './zone-forecasts';

type Props = { capacity: Capacity; failures: HostFailures; forecasts: ForecastView[]; place: CapacityPlace };

/** The room for the commonest flavor, and the worst news. */
export function CapacityHead({ capacity, failures, forecasts, place }: Props) {
  const [worst] = failures.zones.flatMap(({ worst: losses }) => losses).sort((a, b) => b.unplaced - a.unplaced);
  const isKnown = capacity.reason === null && capacity.flavors.length > 0;
  const filling = firstToFill(byZone(forecasts));
  const look = !isKnown ? QUIET : worst === undefined ? OK : WARN;
  return (
    <Verdict {...look} level={1} heading={titleOf({ capacity, failures }, place)}>
      {capacity.reason ?? zonesInWords({ capacity, failures })}
      {worst === undefined ? null : (
        <>
          If <VerdictName>{worst.hosts[0] ?? ''}</VerdictName> fails, no place was found for{' '}
          {formatThings(worst.unplaced, 'VM')}.
        </>
      )}{' '}
      {filling === null ? null : `${SUBJECTS[filling.first.resource]} of ${filling.zone} ${filling.first.text}.`}
    </Verdict>
  );
}

const QUIET = { tone: 'quiet', icon: 'info' } as const;
const OK = { tone: 'ok', icon: 'ok' } as const;
const WARN = { tone: 'warn', icon: 'warn' } as const;

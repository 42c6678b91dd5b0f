import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { Icon, type IconName, type IconTone } from '../ui/icon';
import { Panel } from '../ui/panel';
import styles from './careful-rules.module.css';

const LOOKS: Record<CarefulRunView['rules'][number]['state'], { icon: IconName; tone: IconTone }> = {
  calm: { icon: 'ok', tone: 'quiet' },
  near: { icon: 'warn', tone: 'warn' },
  stopped: { icon: 'stop', tone: 'error' },
};

/** When a careful run stops by itself, and how near it is. */
export function CarefulRules({ run: { rules, brake, state } }: { run: CarefulRunView }) {
  if (state === 'ended') return null;
  return (
    <Panel title="Pauses by itself when">
      <ul className={styles.rules}>
        {rules.map(({ rule, value, state: of }) => (
          <li key={rule} data-state={of}>
            <Icon name={LOOKS[of].icon} size={14} tone={LOOKS[of].tone} />
            <span>{rule}</span>
            <span className={styles.value}>{value}</span>
          </li>
        ))}
      </ul>
      <p className={styles.brake}>{brake}</p>
    </Panel>
  );
}

import { processWide } from '@/lib/process-wide';
import { openStore, type Store } from '@/lib/store/store';

/** How the journal breaks: all of it from then on, or the answer of one call that took effect. */
export type JournalKind = 'away' | 'lost answer';

export type Breakable = {
  onIntent(): void;
  onOutcome(): void;
  break(kind: JournalKind): void;
  mend(): void;
  /** How many careful runs were begun. */
  runs(): number;
};

/** Gives the process a store in memory that can break. */
export function breakableStore(): Breakable {
  const real = openStore({ kind: 'memory' }, Date.now);
  let broken: JournalKind | null = null;
  let runs = 0;
  const breakable: Breakable = {
    onIntent: () => {},
    onOutcome: () => {},
    break: (kind) => {
      broken = kind;
    },
    mend: () => {
      broken = null;
    },
    runs: () => runs,
  };
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (broken === 'away') throw new Error('connect ECONNREFUSED db.test');
    const found = await work();
    if (broken !== 'lost answer') return found;
    broken = null;
    throw new Error('Connection terminated unexpectedly');
  };
  const { journal, turns, carefulRuns } = real;
  processWide(
    'store',
    (): Store => ({
      ...real,
      journal: {
        ...journal,
        addIntent(intent) {
          breakable.onIntent();
          return through(() => journal.addIntent(intent));
        },
        async addOutcome(outcome) {
          await through(() => journal.addOutcome(outcome));
          breakable.onOutcome();
        },
        list: (wanted) => through(() => journal.list(wanted)),
        find: (id) => through(() => journal.find(id)),
        listOpen: () => through(() => journal.listOpen()),
        cut: (before, id) => through(() => journal.cut(before, id)),
        listCuts: () => through(() => journal.listCuts()),
      },
      turns: {
        take: (object, id) => through(() => turns.take(object, id)),
        extend: (object, id) => through(() => turns.extend(object, id)),
        release: (object, id) => through(() => turns.release(object, id)),
        isTaken: (id) => through(() => turns.isTaken(id)),
        claim: (digest, body, id) => through(() => turns.claim(digest, body, id)),
        unclaim: (digest, id) => through(() => turns.unclaim(digest, id)),
      },
      carefulRuns: {
        async add(run) {
          await through(async () => {
            await carefulRuns.add(run);
            runs++;
          });
        },
        find: (id) => through(() => carefulRuns.find(id)),
        list: (wanted) => through(() => carefulRuns.list(wanted)),
        change: (run) => through(() => carefulRuns.change(run)),
      },
    }),
  );
  return breakable;
}

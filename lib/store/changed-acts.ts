import type { SelectQueryBuilder } from 'kysely';
import type { Tables } from './tables';

/** Acts that began or came to an outcome at a time or later, the oldest change first. @param since ms */
export function changedSince<Row>(
  query: SelectQueryBuilder<Tables, 'acts', Row>,
  since: number,
): SelectQueryBuilder<Tables, 'acts', Row> {
  return query
    .where(({ or, exists, selectFrom, eb }) =>
      or([
        eb('acts.at', '>=', since),
        exists(
          selectFrom('act_outcomes')
            .select('act_outcomes.id')
            .whereRef('act_outcomes.act_id', '=', 'acts.id')
            .where('act_outcomes.at', '>=', since),
        ),
      ]),
    )
    .orderBy(({ fn, selectFrom }) =>
      fn.coalesce(
        selectFrom('act_outcomes')
          .select((outcome) => outcome.fn.max('act_outcomes.at').as('changed'))
          .whereRef('act_outcomes.act_id', '=', 'acts.id'),
        'acts.at',
      ),
    )
    .orderBy('acts.id');
}

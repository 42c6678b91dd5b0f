import { useEffect, useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { FindAnswer } from '@/lib/contract/v1/find';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { actsGroup, type FinderGroup, foundGroups, noMatch, pagesGroup } from './finder-rows';
import { recentRows } from './recent';

/** A pause in typing; the server searches, so that no browser needs fifty thousand VMs. */
const REST_MS = 120;

/** `said`: a sentence about what was found; `isCurrent`: whether the groups are those of the text. */
type FoundNow = { groups: FinderGroup[]; said: string; isCurrent: boolean };

/** What to list for a text: recent things and acts for none, acts only after `>`. */
export function useFound(text: string): FoundNow {
  const { data: permission } = useAnswer<Permission>(ADDRESSES.permission);
  const isActs = text.trimStart().startsWith('>');
  const q = isActs ? '' : text.trim().slice(0, 200);
  const [rested, setRested] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => setRested(q), REST_MS);
    return () => clearTimeout(timer);
  }, [q]);
  const { data, error, isLoading } = useAnswer<FindAnswer>(rested === '' ? null : ADDRESSES.find(rested), undefined, {
    keepPreviousData: true,
  });
  const acts = (search: string, answer?: FindAnswer) => actsGroup(search, permission, bestHost(answer));
  if (isActs) return asFound([acts(text.trimStart().slice(1))], '');
  if (q === '') return asFound([{ title: 'Recent', rows: recentRows() }, acts(''), pagesGroup('')], '');
  const found = data === undefined ? [] : foundGroups(data, rested);
  const groups = [...found, pagesGroup(q), acts(q, data)];
  const isCurrent = rested === q && !isLoading;
  if (error) return asFound(groups, error.message);
  if (data === undefined || !isCurrent) return { ...asFound(groups, 'Searching…'), isCurrent: false };
  const isNothing = groups.every(({ rows }) => rows.length === 0);
  return asFound(groups, isNothing ? noMatch(q, data.searched) : '');
}

const asFound = (groups: FinderGroup[], said: string): FoundNow => ({
  groups: groups.filter(({ rows }) => rows.length > 0),
  said,
  isCurrent: true,
});

/** The host that is meant, where hosts are all that is found. */
function bestHost(answer: FindAnswer | undefined) {
  const [first] = answer?.groups ?? [];
  return first?.kind === 'host' ? first.items[0] : undefined;
}

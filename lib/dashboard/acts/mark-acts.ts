import 'server-only';
import type { MarkBody } from '@/lib/contract/v1/acts';
import { type MarkFacts, refuseMark, refuseUnmark } from '@/lib/domain/acts/mark-acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { OUR_TAG } from '@/lib/domain/cluster/must-not-move';
import { SourceError } from '@/lib/errors';
import type { Server } from '@/lib/openstack/records';
import { readServerTags } from '@/lib/openstack/server-tags';
import type { Session } from '@/lib/openstack/session';
import { addTag, removeTag } from '@/lib/openstack/writes/server-tags';
import type { Write, Written } from '@/lib/openstack/writes/writer';
import { need, takeReadings } from '../collect/reading-set';
import { type Act, ActRefused, type Asked, type Done, requestIdsOf } from './act';

/** Marking VMs that must not move. The mark is a server tag, the reason is in the journal. */

type Tagged = { serverId: string; tag: string };

type Change = {
  name: string;
  refuse(facts: MarkFacts): ReturnType<typeof refuseMark>;
  write(write: Write, tagged: Tagged): Promise<Written>;
  /** Whether the VM has the mark afterwards. */
  to: boolean;
  done: Done;
};

async function lookAtServer({ region, params }: Asked<unknown>): Promise<{ server: Server; tags: string[] }> {
  const readings = await takeReadings(region, ['inventory']);
  const server = need(readings, 'inventory').servers.find(({ id }) => id === params.server);
  const tags = server ? await tagsOf(readings.sources.session, server.id) : null;
  if (server === undefined || tags === null) throw new ActRefused(refusal('gone', 'Nova has no VM with this id.'));
  return { server, tags };
}

/** null if the VM is gone. */
async function tagsOf(session: Session, id: string): Promise<string[] | null> {
  try {
    return await readServerTags(session, id);
  } catch (error) {
    if (error instanceof SourceError && error.status === 404) return null;
    throw error;
  }
}

const changeMark = ({ name, refuse, write, to, done }: Change): Act<MarkBody> => ({
  name,
  turn: ({ region, params }) => `server ${region} ${params.server ?? ''}`,
  changes: ['inventory'],
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const { server, tags } = await lookAtServer(asked);
    const refusals = refuse({ server, tags });
    return {
      objectType: 'server',
      objectId: server.id,
      objectName: server.name,
      auditId: null,
      request: { tag: OUR_TAG, ...asked.body },
      checked: { tags, host: server.host, refusals },
      refusals,
      async perform(writer) {
        const written = await write(writer, { serverId: server.id, tag: OUR_TAG });
        return { ...done, requestIds: requestIdsOf(written) };
      },
    };
  },
  async settle(session, { objectId }, isFinal) {
    const tags = await tagsOf(session, objectId);
    if (tags?.includes(OUR_TAG) === to) return done;
    const detail = tags === null ? 'The VM is gone.' : `The VM has ${to ? 'no' : 'still its'} mark.`;
    return { outcome: isFinal ? 'refused' : 'unknown', detail, requestIds: [] };
  },
});

export const markAct = changeMark({
  name: 'mark-server',
  refuse: refuseMark,
  write: addTag,
  to: true,
  done: {
    outcome: 'done',
    detail: `The VM has the tag ${OUR_TAG}: nothing started here moves it unless somebody names it. Watcher does not know of it.`,
    requestIds: [],
  },
});

export const unmarkAct = changeMark({
  name: 'unmark-server',
  refuse: refuseUnmark,
  write: removeTag,
  to: false,
  done: { outcome: 'done', detail: `The tag ${OUR_TAG} is gone: as far as we know the VM may move.`, requestIds: [] },
});

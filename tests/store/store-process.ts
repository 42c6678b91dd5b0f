import { MIGRATIONS } from '@/lib/store/migrations';
import { openStore } from '@/lib/store/store';

/** Opens the store of a folder and notes a sign-out; with `die`, ends as by kill -9 in the middle of the last step. */

const [folder = '', id = '', die] = process.argv.slice(2);
const last = '999-last';
const store = openStore({ kind: 'folder', folder }, Date.now, {
  migrations:
    die === undefined
      ? MIGRATIONS
      : {
          ...MIGRATIONS,
          [last]: {
            up: async (db) => {
              await db.schema.createTable('half').addColumn('id', 'text').execute();
              process.kill(process.pid, 'SIGKILL');
            },
          },
        },
});
await store.endedSessions.add(id, Number.MAX_SAFE_INTEGER);
await store.close();

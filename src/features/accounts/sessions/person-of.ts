import { type Actor, guest } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type ActingRow, actingColumns, actingPerson } from '../acting-person.ts';
import { isReachableFromOutside } from '../auth.server.ts';
import { entryOf } from '../policy.ts';

const personById = statement<ActingRow, [userId: string]>(`select ${actingColumns} from users u where u.id = $1::uuid`);

/** The person whom something other than a session names, ready to act; a guest when they may not get in. The caller has made sure that it may speak for them. */
export async function personOf(userId: string, now: Date): Promise<Actor> {
  const { config, systemConnections } = runtime();
  const [row] = await databaseOver(systemConnections).sql(personById, userId);
  return row && entryOf(row, now, isReachableFromOutside(config)) === 'welcome' ? actingPerson(row) : guest;
}

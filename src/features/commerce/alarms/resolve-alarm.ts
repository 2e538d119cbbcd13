import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';

const fields = z.object({ note: z.string().trim().min(1, 'Write what you found and did.').max(2000, 'At most 2,000 characters.') });

const hold = statement<{ kind: string; isResolved: boolean }, [id: string]>(
  'select kind, resolved_at is not null as "isResolved" from shop_alarms where id = $1::uuid for no key update',
);
const resolve = statement<unknown, [id: string, personId: string, note: string, moment: string]>(
  'update shop_alarms set resolved_at = $4::timestamptz, resolved_by_id = $2::uuid, note = $3, updated_at = $4::timestamptz where id = $1::uuid',
);

/** Says that somebody has looked at an alarm, and what came of it. Of two who do, the first is kept. */
export async function resolveAlarm(ctx: Context, input: { id: string; note: string }): Promise<'resolved' | 'already'> {
  const bookkeeper = asBookkeeper(ctx);
  const person = requirePerson(ctx);
  const { note } = parseInput(fields, { note: input.note });
  return inTransaction(bookkeeper, async (school) => {
    const [alarm] = isId(input.id) ? await school.db.sql(hold, input.id) : [];
    if (!alarm) throw new AppError('not-found', 'There is no such alarm.');
    if (alarm.isResolved) return 'already';
    await school.db.sql(resolve, input.id, person.id, note, ctx.now.toISOString());
    const after = { kind: alarm.kind, note: note.slice(0, 200) };
    await audit({ ...school, actor: person }, { action: 'commerce.alarmResolved', subjectType: 'alarm', subjectId: input.id, after });
    return 'resolved';
  });
}

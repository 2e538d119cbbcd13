import type { Context, Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type ActingRow, actingColumns, actingPerson } from '../acting-person.ts';
import { mayManagePeople } from '../policy.ts';

const byEmail = statement<ActingRow, [email: string]>(`select ${actingColumns} from users u where u.email = $1 and u.deleted_at is null`);

/** The person of an address, for commands that name someone by it (`lyceum import --as`), in the form in which they act. Nobody closed. */
export async function findPersonByEmail(ctx: Context, input: { email: string }): Promise<Person | undefined> {
  if (!mayManagePeople(ctx.actor)) throw new AppError('forbidden', 'Only admins look people up by their address.');
  const [row] = await inTransaction(ctx, (ctx) => ctx.db.sql(byEmail, input.email.trim().toLowerCase()));
  return row && actingPerson(row);
}

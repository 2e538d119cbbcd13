import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';

const addressByUsername = statement<{ email: string }, [username: string]>('select email from users where username = $1');

/** The address of whoever has a username (in lower case), for sign-in, which keeps it to itself. */
export async function addressOfUsername(ctx: Context, username: string): Promise<string | undefined> {
  if (!/^[a-z0-9_.-]{3,40}$/.test(username)) return undefined;
  const [person] = await dangerouslyAsSystem(ctx).db.sql(addressByUsername, username);
  return person?.email;
}

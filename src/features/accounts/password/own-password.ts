import { verifyPassword } from 'better-auth/crypto';
import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { countAttempt, forgiveAttempt } from '../limits.ts';
import type { Client } from '../sessions/session-cookies.ts';

const hashOf = statement<{ hash: string }, [userId: string]>(
  "select password as hash from accounts where user_id = $1::uuid and provider_id = 'credential'",
);

/** Whether the acting person has a password at all: whoever came by a provider or was made by an admin may have none. */
export async function hasPassword(ctx: Context): Promise<boolean> {
  return (await ownHash(ctx, requirePerson(ctx))) !== undefined;
}

/** Passes if the acting person types their own password; a wrong one is refused at its field and counted. */
export async function checkOwnPassword(
  ctx: Context,
  person: Person,
  input: { password: string; field: string; client: Client },
): Promise<void> {
  const hash = await ownHash(ctx, person);
  await countAttempt('ownPassword', input.client, person.id);
  if (!hash || !(await verifyPassword({ hash, password: input.password }))) {
    throw new AppError('invalid', 'That is not your password.', { fields: { [input.field]: 'That is not your password.' } });
  }
  await forgiveAttempt('ownPassword', input.client, person.id);
}

async function ownHash(ctx: Context, { id }: Person): Promise<string | undefined> {
  const [row] = await asActor(ctx, (sql) => sql(hashOf, id));
  return row?.hash;
}

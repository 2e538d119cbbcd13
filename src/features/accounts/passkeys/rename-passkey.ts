import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';

const schema = z.object({
  id: z.uuid(),
  name: z
    .string()
    .trim()
    .min(1, 'Enter a name.')
    .max(60, 'Use at most 60 characters.')
    .regex(/^\P{Cc}*$/u, 'Use letters, spaces and signs only.'),
});

/** Leaves `updated_at` alone: it tells when the passkey was used last. */
const rename = statement<{ id: string }, [id: string, name: string, userId: string]>(
  'update passkeys set name = $2 where id = $1 and user_id = $3 returning id',
);

/** Gives one of the actor's passkeys another name. */
export async function renamePasskey(ctx: Context, input: { id: string; name: string }): Promise<void> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { id, name } = parseInput(schema, input);
  // As the program itself: a person's own passkeys are theirs to read and to remove, but not to write.
  const [renamed] = await dangerouslyAsSystem(ctx).db.sql(rename, id, name, person.id);
  if (!renamed) throw new AppError('not-found', 'That passkey is not there anymore.');
}

import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { passkeyRemovedMail } from '../emails/passkey-removed.ts';
import { requireOwner } from '../second-factor/require-owner.ts';

const remove = statement<{ name: string }, [id: string, userId: string]>(
  "delete from passkeys where id = $1 and user_id = $2 returning coalesce(name, 'Passkey') as name",
);

/** Takes a passkey of the actor out of use. */
export async function removePasskey(ctx: Context, input: { id: string }): Promise<{ name: string }> {
  const person = requireOwner(ctx);
  const { id } = parseInput(z.object({ id: z.uuid() }), input);
  return inTransaction(ctx, async (ctx) => {
    const [removed] = await ctx.db.sql(remove, id, person.id);
    if (!removed) throw new AppError('not-found', 'That passkey is not there anymore.');
    const { name } = removed;
    await audit(ctx, { action: 'accounts.passkeyRemoved', subjectType: 'user', subjectId: person.id, before: { name } });
    const { origin } = runtime().config;
    const urls = { passkeysUrl: `${origin}/settings/passkeys`, forgotPasswordUrl: `${origin}/forgot-password` };
    await sendMail(ctx, passkeyRemovedMail, person.email, { name: person.name, passkey: name, ...urls });
    return { name };
  });
}

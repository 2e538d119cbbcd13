import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { emailField } from '../fields.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { countAttempt } from '../limits.ts';
import { personByEmail } from '../person-by-email.ts';
import { isDemoAddress } from '../policy.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { mailEmailChangeJob } from './mail-email-change.ts';
import { type ChangeValue, changeSeconds, identifierOf, markOf } from './pending-change.ts';

/**
 * Asks for another address. It is changed once both addresses have confirmed; until then, everything stays. A new request takes the place
 * of the one before. The answer does not tell whether the address has an account: its owner learns it by mail.
 */
export async function requestEmailChange(ctx: Context, input: { email: string; client: Client }): Promise<void> {
  const actor = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  const { email } = parseInput(z.object({ email: emailField }), input);
  if (email === actor.email) throw refusal('That is your address already.');
  if (isDemoAddress(email)) throw refusal('Addresses of the demo school are for its demo people.');
  await countAttempt('changeEmail', input.client, actor.id);
  await countAttempt('mailLink', input.client, email);
  await inAuthTransaction(ctx, async (ctx) => {
    await ctx.db.prisma.$queryRaw`select id from users where id = ${actor.id}::uuid for no key update`;
    const person = await personByEmail(ctx, actor.email);
    if (!person) throw new AppError('conflict', 'Your address has just changed. Look at it again.');
    const identifier = identifierOf(person.id);
    const id = newId();
    const nobodyYet = { hash: null, confirmed: false };
    const value: ChangeValue = { to: email, mark: markOf(person), askedBy: actor.session?.id ?? null, current: nobodyYet, new: nobodyYet };
    const expiresAt = new Date(ctx.now.getTime() + changeSeconds * 1000);
    await ctx.db.prisma.verification.deleteMany({ where: { identifier } });
    await ctx.db.prisma.verification.create({ data: { id, identifier, value: JSON.stringify(value), expiresAt } });
    await enqueue(ctx, mailEmailChangeJob, { changeId: id });
  });
}

function refusal(message: string): AppError {
  return new AppError('invalid', 'Something here needs another look.', { fields: { email: message } });
}

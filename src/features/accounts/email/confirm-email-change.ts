import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { emailChangedMail } from '../emails/email-changed.ts';
import { countAttempt } from '../limits.ts';
import { holdAddress, personByEmail } from '../person-by-email.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { changeOfLink, identifierOf, keepChange, type PendingChange, type Side } from './pending-change.ts';
import { spendLinks } from './spend-links.ts';

export type EmailChangeStep =
  | { kind: 'waiting'; side: Side }
  | { kind: 'changed'; email: string }
  /** Somebody made an account with the new address meanwhile. */
  | { kind: 'taken' }
  | { kind: 'expired' };

/** What a mailed link leads to: which address it was mailed to, what it would change, and whether it was used. */
export type EmailChangeLink = { kind: 'open'; side: Side; newEmail: string; isConfirmed: boolean } | { kind: 'expired' };

/** What the page behind a mailed link shows; opening it changes nothing. */
export async function emailChangeLink(ctx: Context, input: { token: string }): Promise<EmailChangeLink> {
  const found = await inAuthTransaction(ctx, (ctx) => changeOfLink(ctx, input.token));
  if (!found) return { kind: 'expired' };
  const { change, side } = found;
  return { kind: 'open', side, newEmail: change.to, isConfirmed: change[side].confirmed };
}

/** Confirms for the address that a link was mailed to. The second of the two changes the address. */
export async function confirmEmailChange(ctx: Context, input: { token: string; client: Client }): Promise<EmailChangeStep> {
  await countAttempt('useLink', input.client);
  try {
    return await inAuthTransaction(ctx, async (inside) => {
      const found = await changeOfLink(inside, input.token);
      if (!found || found.change[found.side].confirmed) return { kind: 'expired' };
      const { side } = found;
      const change = { ...found.change, [side]: { ...found.change[side], confirmed: true } };
      if (change.current.confirmed && change.new.confirmed) return finish(ctx, inside, change);
      await keepChange(inside, change.id, change);
      return { kind: 'waiting', side };
    });
  } catch (error) {
    // The constraint has the last word, whoever made the other account and however.
    if (!isTakenAddress(error)) throw error;
    await refuseEmailChange(ctx, input);
    return { kind: 'taken' };
  }
}

/** Ends a change for which a link was mailed, for good. */
export async function refuseEmailChange(
  ctx: Context,
  input: { token: string; client: Client },
): Promise<{ kind: 'refused' } | { kind: 'expired' }> {
  await countAttempt('useLink', input.client);
  return inAuthTransaction(ctx, async (ctx) => {
    const found = await changeOfLink(ctx, input.token);
    if (!found) return { kind: 'expired' };
    await ctx.db.prisma.verification.deleteMany({ where: { identifier: identifierOf(found.change.person.id) } });
    return { kind: 'refused' };
  });
}

async function finish(ctx: Context, inside: Context, { person, to, askedBy }: PendingChange): Promise<EmailChangeStep> {
  await holdAddress(inside, to);
  await spendLinks(inside, person);
  if (await personByEmail(inside, to)) return { kind: 'taken' };
  const { prisma } = inside.db;
  await prisma.user.update({ where: { id: person.id }, data: { email: to, emailVerified: true } });
  await prisma.session.deleteMany({ where: { userId: person.id, ...(askedBy ? { id: { not: askedBy } } : {}) } });
  const isPerson = ctx.actor.kind === 'person' && ctx.actor.id === person.id;
  // The addresses stay out of a log that nobody can ever change.
  await audit(isPerson ? { ...inside, actor: ctx.actor } : inside, {
    action: 'accounts.emailChanged',
    subjectType: 'user',
    subjectId: person.id,
  });
  for (const address of [person.email, to]) await sendMail(inside, emailChangedMail, address, { name: person.name, newEmail: to });
  return { kind: 'changed', email: to };
}

/** Prisma's word for a broken unique constraint. */
function isTakenAddress(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'P2002';
}

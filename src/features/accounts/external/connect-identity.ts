import type { Context } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { identityConnectedMail } from '../emails/identity-connected.ts';
import { writeIdentity } from './identity-rows.ts';
import type { Identity } from './provider.ts';

/** Connects an identity with a person's account, writes it down, and tells its owner: from now on it opens the account. */
export async function connectIdentity(ctx: Context, userId: UserId, identity: Identity, providerName: string): Promise<void> {
  const owner = await ctx.db.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } });
  await writeIdentity(ctx, userId, identity);
  await audit(ctx, {
    action: 'accounts.identityConnected',
    subjectType: 'user',
    subjectId: userId,
    after: { provider: identity.providerId, identity: identity.accountId },
  });
  await sendMail(ctx, identityConnectedMail, owner.email, {
    name: owner.name,
    provider: providerName,
    label: identity.label,
    settingsUrl: `${runtime().config.origin}/settings/connections`,
  });
}

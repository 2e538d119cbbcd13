import type { Context } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { identityDisconnectedMail } from '../emails/identity-disconnected.ts';
import { providerOfRealm } from './providers.ts';

/** Takes an identity off a person's account, writes it down, and tells its owner. */
export async function cutIdentity(
  ctx: Context,
  userId: UserId,
  identity: { id: string; providerId: string; accountId: string; label: string | null },
): Promise<void> {
  const { id, providerId, accountId, label } = identity;
  const owner = await ctx.db.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } });
  await ctx.db.prisma.account.delete({ where: { id } });
  await audit(ctx, {
    action: 'accounts.identityDisconnected',
    subjectType: 'user',
    subjectId: userId,
    before: { provider: providerId, identity: accountId },
  });
  await sendMail(ctx, identityDisconnectedMail, owner.email, {
    name: owner.name,
    provider: providerOfRealm(providerId).name,
    label: label ?? undefined,
    settingsUrl: `${runtime().config.origin}/settings/connections`,
  });
}

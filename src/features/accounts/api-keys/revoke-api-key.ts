import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { isThemselves } from '../privacy/policy.ts';

/** Makes a key of one's own worthless, from the next request on. One that is gone already stays gone. */
export async function revokeApiKey(ctx: Context, input: { id: string }): Promise<void> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  if (!isThemselves(ctx.actor)) throw new AppError('forbidden', 'API keys are revoked in the settings.');
  if (!isId(input.id)) throw new AppError('not-found', 'There is no such key.');
  await inTransaction(ctx, async (ctx) => {
    const { count } = await ctx.db.prisma.apiKey.deleteMany({ where: { id: input.id, referenceId: userId } });
    if (count > 0) await audit(ctx, { action: 'accounts.apiKeyRevoked', subjectType: 'apiKey', subjectId: input.id });
  });
}

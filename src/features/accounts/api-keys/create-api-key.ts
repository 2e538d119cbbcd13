import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type ApiKeyId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { apiKeyCreatedMail } from '../emails/api-key-created.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import { keyPrefix, makeKey } from './key.ts';
import { mostApiKeys } from './policy.ts';
import { apiScopeNames } from './scopes.ts';

const schema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the key a name, such as the program that will use it.')
    .max(60, 'Use at most 60 characters.')
    .regex(/^\P{Cc}*$/u, 'Use letters, spaces and signs only.'),
  scopes: z.array(z.enum(apiScopeNames)).min(1, 'Choose what the key may be used for.'),
  days: z.number().int().min(1).max(366).nullable(),
});

export interface NewApiKey {
  name: string;
  scopes: string[];
  /** After how many days it stops working; null is never. */
  days: number | null;
}

/** Held for the transaction, so that two windows cannot pass the most together. */
const lockPerson = statement<{ name: string; email: string }, [userId: string]>(
  'select name, email from users where id = $1::uuid and deleted_at is null for no key update',
);

/** Makes an API key and gives it, this once: the school keeps only a hash. Its owner is told by mail. */
export async function createApiKey(ctx: Context, input: NewApiKey): Promise<{ id: ApiKeyId; key: string }> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  const { name, scopes, days } = parseInput(schema, input);
  const { key, hash, start } = makeKey();
  const id = newId<'apiKey'>();
  return inTransaction(ctx, async (ctx) => {
    const [owner] = await ctx.db.sql(lockPerson, userId);
    const known = await ctx.db.prisma.apiKey.count({ where: { referenceId: userId } });
    if (!owner || known >= mostApiKeys) throw new AppError('conflict', `You have ${mostApiKeys} keys. Revoke one that you no longer need.`);
    await ctx.db.prisma.apiKey.create({
      data: {
        id,
        referenceId: userId,
        name,
        key: hash,
        start,
        prefix: keyPrefix,
        permissions: JSON.stringify(scopes),
        // Requests are counted per key by the school's own limits.
        rateLimitEnabled: false,
        expiresAt: days === null ? null : new Date(ctx.now.getTime() + days * 86_400_000),
        createdAt: ctx.now,
      },
    });
    await audit(ctx, { action: 'accounts.apiKeyCreated', subjectType: 'apiKey', subjectId: id, after: { scopes: scopes.join(' ') } });
    const settingsUrl = `${runtime().config.origin}/settings/api-keys`;
    await sendMail(ctx, apiKeyCreatedMail, owner.email, { name: owner.name, keyName: name, start, settingsUrl });
    return { id, key };
  });
}

import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';

const lockedImageKey = statement<{ imageKey: string | null }, [userId: string]>(
  'select image_key as "imageKey" from users where id = $1::uuid for no key update',
);

/** Makes a stored picture the acting person's own, or with null leaves them their initials. Gives the key of the one before. */
export async function setAvatar(ctx: Context, picture: { url: string; key: string } | null): Promise<{ replacedKey: string | null }> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [before] = await ctx.db.sql(lockedImageKey, id);
    await ctx.db.prisma.user.update({ where: { id }, data: { image: picture?.url ?? null, imageKey: picture?.key ?? null } });
    return { replacedKey: before?.imageKey ?? null };
  });
}

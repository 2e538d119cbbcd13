import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { certificateOf } from './certificate.ts';
import { relationOf } from './certificate-page.ts';
import { countReissue, forgiveReissue } from './limits.ts';
import { mayReissue } from './policy.ts';

const reissue = statement<{ isNew: boolean }, [code: string, moment: string]>('select reissue_certificate($1, $2::timestamptz) as "isNew"');

/** Issues one's own certificate anew under one's present name, with the same code. Where it says that name already, nothing happens. */
export async function reissueCertificate(ctx: Context, input: { code: string }): Promise<void> {
  requirePerson(ctx);
  const certificate = await certificateOf(ctx, input.code);
  if (!mayReissue(relationOf(ctx, certificate)))
    throw new AppError('forbidden', 'Only its holder has a certificate issued anew, and only while it holds.');
  await countReissue(ctx);
  const isNew = await inTransaction(ctx, async (ctx) => (await ctx.db.sql(reissue, certificate.code, ctx.now.toISOString()))[0]?.isNew);
  if (!isNew) await forgiveReissue(ctx);
}

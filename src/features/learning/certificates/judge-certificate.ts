import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { certificateRestoredMail } from '../emails/certificate-restored.ts';
import { certificateRevokedMail } from '../emails/certificate-revoked.ts';
import { certificateAddress, certificateOf, type FoundCertificate } from './certificate.ts';
import { relationOf } from './certificate-page.ts';
import { mayRestore, mayRevoke } from './policy.ts';

const reasonField = z.object({ reason: z.string().trim().min(1, 'Say why, in a sentence or two.').max(500, 'At most 500 characters.') });

interface Holder {
  userId: string;
  name: string;
  email: string;
  courseTitle: string;
  hasLeft: boolean;
}

const judge = statement<Holder, [code: string, reason: string | null, moment: string]>(
  `select user_id as "userId", name, email, course_title as "courseTitle", has_left as "hasLeft" from judge_certificate($1, $2, $3::timestamptz)`,
);

/** Takes a certificate back, for a reason that its holder reads in a mail and the public never. */
export async function revokeCertificate(ctx: Context, input: { code: string; reason: string }): Promise<void> {
  requirePerson(ctx);
  const certificate = await certificateOf(ctx, input.code);
  refuseStrangers(certificate);
  if (!mayRevoke(relationOf(ctx, certificate))) throw new AppError('conflict', 'It is revoked already, or your own.');
  const { reason } = parseInput(reasonField, input);
  const { code } = certificate;
  await inTransaction(ctx, async (ctx) => {
    const [holder] = await ctx.db.sql(judge, code, reason, ctx.now.toISOString());
    if (!holder) return;
    const { userId, name, email, courseTitle, hasLeft } = holder;
    await audit(ctx, { action: 'learning.certificateRevoked', subjectType: 'user', subjectId: userId, after: { code, reason } });
    if (!hasLeft) await sendMail(ctx, certificateRevokedMail, email, { name, courseTitle, reason, url: certificateAddress(code) });
  });
}

/** Lets a certificate that was taken back hold again; its holder is told. */
export async function restoreCertificate(ctx: Context, input: { code: string }): Promise<void> {
  requirePerson(ctx);
  const certificate = await certificateOf(ctx, input.code);
  refuseStrangers(certificate);
  if (!mayRestore(relationOf(ctx, certificate))) throw new AppError('conflict', 'It holds already, or cannot hold any more.');
  const { code } = certificate;
  await inTransaction(ctx, async (ctx) => {
    const [holder] = await ctx.db.sql(judge, code, null, ctx.now.toISOString());
    if (!holder) return;
    const { userId, name, email, courseTitle } = holder;
    await audit(ctx, { action: 'learning.certificateRestored', subjectType: 'user', subjectId: userId, after: { code } });
    await sendMail(ctx, certificateRestoredMail, email, { name, courseTitle, url: certificateAddress(code) });
  });
}

function refuseStrangers({ isJudge }: FoundCertificate): void {
  if (!isJudge) throw new AppError('forbidden', 'Only who may change the course, or runs the school, judges its certificates.');
}

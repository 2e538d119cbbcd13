import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { Auth } from '../auth.server.ts';

const holdFactor = statement<unknown, [userId: string]>('select id from two_factors where user_id = $1 for update');

/** A code is right for half a minute before and after its own. */
const memorySeconds = 120;

/** Lets a right code be used once, although it stays right for a while. Throwing undoes whatever the code has just done. */
export async function spendCode(ctx: Context, auth: Auth, userId: string, code: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  const identifier = `spent-code-${userId}-${code}`;
  await ctx.db.sql(holdFactor, userId);
  if (await internalAdapter.findVerificationValue(identifier)) {
    const message = 'That code was used already. Wait for the next one.';
    throw new AppError('invalid', message, { fields: { code: message } });
  }
  const expiresAt = new Date(ctx.now.getTime() + memorySeconds * 1000);
  await internalAdapter.createVerificationValue({ identifier, value: 'spent', expiresAt });
}

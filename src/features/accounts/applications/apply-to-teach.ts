import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { runtime } from '#platform/runtime.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { fewestCharacters, mayApplyToTeach } from './policy.ts';

const perDay = { name: 'apply-to-teach', attempts: 5, perSeconds: 86_400 };

const schema = z.object({
  message: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(
          fewestCharacters,
          `Tell us a little more, in ${fewestCharacters} characters at least: what you would teach, and what you know it from.`,
        )
        .max(4000, 'Use at most 4,000 characters.')
        .regex(/^(?:\P{Cc}|[\n\t])*$/u, 'There is a character in it that cannot be kept.'),
    ),
});

// One waits at the most: the second press of the button finds the first one's row.
const ask = statement<{ id: string }, [id: string, userId: string, message: string, now: string]>(
  `insert into teaching_applications (id, user_id, message, created_at, updated_at) values ($1::uuid, $2::uuid, $3, $4::timestamptz, $4::timestamptz)
   on conflict (user_id) where state = 'PENDING' do nothing returning id`,
);

/** Asks to teach. `already-waiting` when an earlier application still waits for its answer: it stays as it is. */
export async function applyToTeach(ctx: Context, input: { message: string }): Promise<{ kind: 'applied' | 'already-waiting' }> {
  const person = requirePerson(ctx);
  if (!mayApplyToTeach(person)) throw new AppError('forbidden', 'You teach here already.');
  refuseWhileImpersonating(ctx);
  const { message } = parseInput(schema, input);
  await runtime().rateLimiter.attempt(perDay, person.id);
  return inTransaction(ctx, async (ctx) => {
    const [made] = await ctx.db.sql(ask, newId(), person.id, message, ctx.now.toISOString());
    return { kind: made ? 'applied' : 'already-waiting' };
  });
}

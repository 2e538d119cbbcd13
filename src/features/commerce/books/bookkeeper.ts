import { type Context, system } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { mayKeepBooks } from './policy.ts';

/** The school’s own view, for whoever keeps its books; everybody else is refused. */
export function asBookkeeper(ctx: Context): Context {
  if (!mayKeepBooks(ctx.actor)) throw new AppError('forbidden', 'Only admins keep the books of the school.');
  return { ...ctx, actor: system };
}

import { personOf } from '#features/accounts/index.server.ts';
import { openSeal } from '#features/packages/index.server.ts';
import { type Context, guest } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';

/** Who plays through a sealed address: its cookies, if it had any, say nothing there. */
export async function sealedPlayer(
  ctx: Context,
  seal: string,
): Promise<{ ctx: Context; lessonId: string; edition: number; records: boolean }> {
  const { lessonId, edition, viewerId, records } = openSeal(ctx, seal);
  const actor = viewerId === null ? guest : await personOf(viewerId, ctx.now);
  if (viewerId !== null && actor.kind !== 'person')
    throw new AppError('not-found', 'This address is no longer good. Load the lesson again.');
  return { ctx: { ...ctx, actor }, lessonId, edition, records };
}

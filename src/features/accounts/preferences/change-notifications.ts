import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { type Channel, type NotificationKind, notificationKinds } from './notification-kinds.ts';

const declared: readonly NotificationKind[] = notificationKinds;

const schema = z.object({ isEnabled: z.boolean(), chosen: z.array(z.string().max(100)).max(1000) });

/** Changes what the acting person is told; `chosen` names what is ticked as `kind.channel`. What cannot be switched off does not mind. */
export async function changeNotifications(ctx: Context, input: { isEnabled: boolean; chosen: string[] }): Promise<void> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { isEnabled, chosen } = parseInput(schema, input);
  const choices = choicesOf(chosen);
  await inTransaction(ctx, async (ctx) => {
    const data = { notificationsEnabled: isEnabled, notifications: choices };
    await ctx.db.prisma.userPreference.upsert({
      where: { userId },
      create: { id: newId(), userId, ...data },
      update: data,
      select: { id: true },
    });
  });
}

function choicesOf(chosen: readonly string[]): Record<string, Partial<Record<Channel, boolean>>> {
  const optional = declared.filter((kind) => !kind.isAlwaysSent);
  return Object.fromEntries(
    optional.map(({ id, channels }) => [id, Object.fromEntries(channels.map((channel) => [channel, chosen.includes(`${id}.${channel}`)]))]),
  );
}

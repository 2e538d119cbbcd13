import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import { type Channel, type NotificationKindId, type NotificationPreferences, wantsNotification } from './notification-kinds.ts';

interface Row {
  isEnabled: boolean;
  choices: unknown;
}

const preferencesOf = statement<Row, [userId: string]>(
  'select notifications_enabled as "isEnabled", notifications as choices from user_preferences where user_id = $1::uuid',
);

const isOpen = statement<{ id: string }, [userId: string]>('select id from users where id = $1::uuid and deleted_at is null');

const choices = z.record(z.string(), z.object({ email: z.boolean().optional() }).catch({}));

/** What someone chose to be told; whoever never chose is told everything. Their own for a person, anybody's for the program itself. */
export async function notificationPreferences(ctx: Context, userId: UserId): Promise<NotificationPreferences> {
  const [row] = await asActor(ctx, (sql) => sql(preferencesOf, userId));
  return { isEnabled: row?.isEnabled ?? true, choices: choices.catch({}).parse(row?.choices ?? {}) };
}

/** Whether someone, whose account is open, wants to be told of this in this way: for the program itself, at the moment of sending. */
export async function isNotificationWanted(
  ctx: Context,
  input: { userId: UserId; kind: NotificationKindId; channel: Channel },
): Promise<boolean> {
  const [person] = await asActor(ctx, (sql) => sql(isOpen, input.userId));
  return person !== undefined && wantsNotification(await notificationPreferences(ctx, input.userId), input.kind, input.channel);
}

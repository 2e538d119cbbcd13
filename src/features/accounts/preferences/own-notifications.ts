import { type Context, requirePerson } from '#platform/context.ts';
import { type Channel, type NotificationKind, notificationKinds } from './notification-kinds.ts';
import { notificationPreferences } from './notification-preferences.ts';

/** The page of what someone is told, and how. */
export interface OwnNotifications {
  isEnabled: boolean;
  kinds: { id: string; label: string; description: string; isAlwaysSent: boolean; channels: { channel: Channel; isChosen: boolean }[] }[];
}

const declared: readonly NotificationKind[] = notificationKinds;

/** What the acting person chose to be told. */
export async function ownNotifications(ctx: Context): Promise<OwnNotifications> {
  const { isEnabled, choices } = await notificationPreferences(ctx, requirePerson(ctx).id);
  return {
    isEnabled,
    kinds: declared.map(({ id, label, description, channels, isAlwaysSent = false }) => ({
      id,
      label,
      description,
      isAlwaysSent,
      channels: channels.map((channel) => ({ channel, isChosen: isAlwaysSent || choices[id]?.[channel] !== false })),
    })),
  };
}

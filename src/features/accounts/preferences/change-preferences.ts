import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { isTimeZone } from '#platform/time.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { languages, type ThemeChoice, themes } from './choices.ts';

const themeField = z.enum(themes, 'Choose light, dark, or as your device.');

const schema = z.object({
  theme: themeField,
  language: z.enum(
    languages.map(({ value }) => value),
    'Choose one of the languages.',
  ),
  // Names of places only: an offset such as +02:00 knows no summer.
  timeZone: z.string().refine((name) => /^[A-Za-z][\w/+-]*$/.test(name) && isTimeZone(name), 'Choose a time zone from the list.'),
});

const stored = { light: 'LIGHT', dark: 'DARK', system: 'SYSTEM' } as const;

/** Changes how the school looks and speaks to the acting person, and on whose clock their days begin, from now on. */
export async function changePreferences(
  ctx: Context,
  input: { theme: string; language: string; timeZone: string },
): Promise<{ theme: ThemeChoice }> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { theme, language, timeZone } = parseInput(schema, input);
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.prisma.user.update({ where: { id }, data: { timeZone }, select: { id: true } });
    await put(ctx, id, { theme: stored[theme], language });
  });
  return { theme };
}

/** Keeps the theme that the acting person chose in passing, so that it also meets them in their next browser. */
export async function keepTheme(ctx: Context, input: { theme: string }): Promise<void> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { theme } = parseInput(z.object({ theme: themeField }), input);
  await inTransaction(ctx, (ctx) => put(ctx, id, { theme: stored[theme] }));
}

async function put(ctx: Context, userId: string, chosen: { theme: (typeof stored)[ThemeChoice]; language?: string }): Promise<void> {
  await ctx.db.prisma.userPreference.upsert({
    where: { userId },
    create: { id: newId(), userId, ...chosen },
    update: chosen,
    select: { id: true },
  });
}

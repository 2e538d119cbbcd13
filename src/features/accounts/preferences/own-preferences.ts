import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { languages, type ThemeChoice, timeZonesWith } from './choices.ts';

/** How the school looks and speaks to someone, and what they can choose from. */
export interface OwnPreferences {
  /** Null until they chose one. */
  theme: ThemeChoice | null;
  language: string;
  timeZone: string;
  languages: readonly { value: string; label: string }[];
  timeZones: string[];
}

interface Row {
  theme: ThemeChoice;
  language: string;
}

const preferencesOf = statement<Row, [userId: string]>(
  'select lower(theme::text) as theme, language from user_preferences where user_id = $1::uuid',
);

/** The acting person's own preferences. */
export async function ownPreferences(ctx: Context): Promise<OwnPreferences> {
  const person = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(preferencesOf, person.id));
  return {
    theme: row?.theme ?? null,
    language: row?.language ?? 'en',
    timeZone: person.timeZone,
    languages,
    timeZones: timeZonesWith(person.timeZone),
  };
}

/** The theme that the acting person keeps, for a browser that has none yet. */
export async function keptTheme(ctx: Context): Promise<ThemeChoice | null> {
  const { id } = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(preferencesOf, id));
  return row?.theme ?? null;
}

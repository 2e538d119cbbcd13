import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { fromWallClock } from '#platform/time.ts';

/** The end of a day that was chosen, on the viewer's own clock; null when none was. */
export function endIn(ctx: Context, day: string): Date | null {
  if (day === '') return null;
  const end = fromWallClock(`${day}T23:59`, requirePerson(ctx).timeZone);
  if (!end) throw new AppError('invalid', 'This is no day.', { fields: { expiresAt: 'Choose a day.' } });
  return end;
}

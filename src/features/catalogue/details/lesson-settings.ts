import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { LessonId } from '#platform/ids.ts';
import { changeLessonAddress } from '../outline/change-lesson-address.ts';
import { updateLesson } from '../outline/update-lesson.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';
import type { LessonFields } from '../write/fields.ts';
import { markOf, marksOf } from './marks.ts';

/** What a lesson is besides its words, as its form has it. */
interface LessonSettings extends Pick<LessonFields, 'title' | 'type' | 'visibility' | 'published' | 'isRequired'> {
  description: string;
  minutes: number;
  /** The end of its address. */
  address: string;
}

/** Somebody changed these settings since the form was filled; theirs stay, what else was sent is kept. */
type SavedLessonSettings = { address: string } & (
  | { kind: 'saved' }
  | { kind: 'conflict'; theirs: Partial<LessonSettings>; marks: Record<string, string> }
);

const settingsOf = statement<LessonSettings, [lessonId: string]>(`
  select title, coalesce(description, '') as description, type, visibility, published, is_required as "isRequired",
         round(duration_seconds / 60.0)::int as minutes, slug as address from lessons where id = $1::uuid`);

/** The mark of each setting of a lesson, for the form that is filled with them. */
export function lessonMarks(
  lesson: Omit<LessonSettings, 'minutes' | 'address'> & { durationSeconds: number; slug: string },
): Record<string, string> {
  const { title, description, type, visibility, published, isRequired, durationSeconds, slug } = lesson;
  return marksOf({ title, description, type, visibility, published, isRequired, minutes: Math.round(durationSeconds / 60), address: slug });
}

/**
 * Keeps what somebody changed in the form beside a lesson's text. `seen` has the mark of each value that the form was filled from: what the form did not change
 * stays as it is now, and what somebody else changed meanwhile is not written over. The address waits until nothing is contested.
 */
export async function saveLessonSettings(
  ctx: Context,
  { lessonId, values, seen }: { lessonId: LessonId; values: Partial<LessonSettings>; seen: Readonly<Record<string, string>> },
): Promise<SavedLessonSettings> {
  return inTransaction(ctx, async (ctx): Promise<SavedLessonSettings> => {
    await holdCourseOfLesson(ctx, lessonId);
    const [before] = await ctx.db.sql(settingsOf, lessonId);
    const now = marksOf(before!);
    const sent = (Object.keys(values) as (keyof LessonSettings)[]).filter((name) => values[name] !== undefined);
    const changed = sent.filter((name) => ![now[name], seen[name]].includes(markOf(values[name])));
    const contested = changed.filter((name) => seen[name] !== undefined && seen[name] !== now[name]);
    const mine = only(
      values,
      changed.filter((name) => !contested.includes(name)),
    );
    await write(ctx, lessonId, mine);
    if (contested.length > 0)
      return { kind: 'conflict', address: before!.address, theirs: only(before!, contested), marks: marksOf(only(before!, contested)) };
    if (mine.address === undefined) return { kind: 'saved', address: before!.address };
    const { slug } = await changeLessonAddress(ctx, { lessonId, address: mine.address });
    return { kind: 'saved', address: slug };
  });
}

async function write(
  ctx: Context,
  lessonId: LessonId,
  { address: _, minutes, description, ...fields }: Partial<LessonSettings>,
): Promise<void> {
  const words = description === undefined ? {} : { description: description || null };
  const length = minutes === undefined ? {} : { durationSeconds: minutes * 60 };
  const changes = { ...fields, ...words, ...length };
  if (Object.keys(changes).length > 0) await updateLesson(ctx, { lessonId, ...changes });
}

function only(values: Partial<LessonSettings>, names: readonly (keyof LessonSettings)[]): Partial<LessonSettings> {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

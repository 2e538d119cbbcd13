import { createCourse } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { beginChapter } from '../outline/add-to-outline.ts';

/** Makes a draft of the actor's from nothing but a title, with a first chapter to write into. */
export async function beginCourse(ctx: Context, input: { title: string }): Promise<{ id: CourseId; slug: string }> {
  const person = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const course = await createCourse(ctx, { title: input.title, instructorId: person.id });
    await beginChapter(ctx, { courseId: course.id, title: 'First chapter' });
    return course;
  });
}

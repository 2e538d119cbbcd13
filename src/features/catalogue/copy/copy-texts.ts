import type { Context } from '#platform/context.ts';
import type { ChapterId, LessonId } from '#platform/ids.ts';
import { lessonAddress, renderContent } from '../texts/render-content.ts';
import { type KeptQuestion, renderFaq } from '../texts/render-faq.ts';
import type { EditableCourse } from '../write/editable-course.ts';

const link = lessonAddress('');
const links = new RegExp(`${link}([0-9a-f-]{36})`, 'g');

/** Lets the texts of a copied course lead to its own lessons, where they led to those of the other. */
export async function relinkTexts(
  ctx: Context,
  course: EditableCourse,
  lessonIds: ReadonlyMap<LessonId, LessonId>,
  chapterIds: ReadonlyMap<ChapterId, ChapterId>,
): Promise<void> {
  const { prisma } = ctx.db;
  const relinked = (text: string) =>
    text.replace(links, (all, id: LessonId) => (lessonIds.has(id) ? lessonAddress(lessonIds.get(id)!) : all));
  const withLinks = { content: { contains: link } };
  for (const { id, content } of await prisma.lesson.findMany({
    where: { id: { in: [...lessonIds.values()] }, ...withLinks },
    select: { id: true, content: true },
  })) {
    const text = relinked(content);
    await prisma.lesson.update({ where: { id }, data: { content: text, contentHtml: await renderContent(ctx, course, text) } });
  }
  for (const { id, content } of await prisma.chapter.findMany({
    where: { id: { in: [...chapterIds.values()] }, ...withLinks },
    select: { id: true, content: true },
  })) {
    const text = relinked(content);
    await prisma.chapter.update({ where: { id }, data: { content: text, contentHtml: await renderContent(ctx, course, text) } });
  }
  const { description, faq } = await prisma.course.findUniqueOrThrow({
    where: { id: course.id },
    select: { description: true, faq: true },
  });
  const questions = (faq as KeptQuestion[]).map(({ question, answer }) => ({ question, answer: relinked(answer) }));
  if (!description.includes(link) && !JSON.stringify(faq).includes(link)) return;
  const text = relinked(description);
  const html = { descriptionHtml: await renderContent(ctx, course, text), faq: await renderFaq(ctx, course, questions) };
  await prisma.course.update({ where: { id: course.id }, data: { description: text, ...html } });
}

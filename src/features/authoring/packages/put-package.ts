import { updateLesson } from '#features/catalogue/index.server.ts';
import { ownFile } from '#features/media/index.server.ts';
import { discardPackage, recordPackage, storePackage } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { openSource } from '../import/source/open-source.ts';
import { readPackage } from '../import/source/read-package.ts';
import { lessonOfTeam } from './lesson-of-team.ts';

/**
 * Makes an uploaded SCORM package what a lesson plays. One that was there goes, and what learners have done in parts of the same name stays. All or
 * nothing: a file that is no package is refused with the reason, and leaves no byte. False where the lesson had this very package.
 */
export async function putPackage(ctx: Context, input: { courseSlug: string; lessonSlug: string; fileId: string }): Promise<boolean> {
  const lesson = await lessonOfTeam(ctx, input);
  const file = await ownFile(ctx, { fileId: input.fileId, purpose: 'package' });
  const tree = await runtime().storage.withLocalCopy(file.key, (path) =>
    openSource(path, { name: file.name, scratchDir: runtime().config.scratchDir }),
  );
  const bytes: { key: string }[] = [];
  try {
    const stored = await storePackage(await readPackage(tree), bytes);
    return await inTransaction(ctx, async (ctx) => {
      await updateLesson(ctx, { lessonId: lesson.id, type: 'PACKAGE' });
      return recordPackage(ctx, { lessonId: lesson.id, stored });
    });
  } catch (error) {
    await discardPackage(ctx, bytes);
    throw error;
  } finally {
    await tree.close();
  }
}

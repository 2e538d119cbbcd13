import { putAssignments } from '#features/assessment/index.server.ts';
import { putLessonExtras } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { FileId, LessonId } from '#platform/ids.ts';
import type { LessonSettings } from './draft.ts';
import type { StoredMedia } from './store-media.ts';
import { withStoredFiles } from './stored-words.ts';

interface Extras {
  lessonId: LessonId;
  settings: LessonSettings;
  media: StoredMedia;
  fileIds: ReadonlyMap<string, FileId>;
  addresses: ReadonlyMap<string, LessonId>;
}

/** Writes what hangs on a lesson beside its text: its picture, resources, live session and assignments. A resource whose file could not be stored is left out. */
export async function writeExtras(ctx: Context, { lessonId, settings, media, fileIds, addresses }: Extras): Promise<{ changed: boolean }> {
  const fileOf = (path: string | null) => (path === null ? undefined : media.byPath.get(path));
  const idOf = (path: string | null) => fileIds.get(fileOf(path)?.key ?? '') ?? null;
  const resources = settings.resources
    .filter((resource) => resource.path === null || fileOf(resource.path))
    .map(({ path, ...resource }) => ({ ...resource, fileId: idOf(path), sizeBytes: fileOf(path)?.sizeBytes ?? null }));
  const extras = await putLessonExtras(ctx, { lessonId, imageFileId: idOf(settings.image), resources, liveSession: settings.liveSession });
  const assignments = settings.assignments.map((assignment) => ({
    ...assignment,
    instructions: withStoredFiles(assignment.instructions, media.urls, addresses),
  }));
  const asked = await putAssignments(ctx, { lessonId, assignments });
  return { changed: extras.changed || asked.changed };
}

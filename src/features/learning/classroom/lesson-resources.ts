import { downloadLinkDangerouslyUnchecked } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';

/** A file or a link that belongs to a lesson, as its page shows it. */
export interface LessonResource {
  id: string;
  title: string;
  /** What it is: "PDF", "Spreadsheet", or the host that a link leads to. */
  words: string;
  sizeBytes: number | null;
  href: string;
  isDownload: boolean;
}

export interface ResourceRow {
  id: string;
  title: string;
  type: keyof typeof kinds;
  url: string | null;
  sizeBytes: number | null;
  file: { key: string; visibility: 'PUBLIC' | 'PRIVATE' } | null;
}

const kinds = {
  PDF: 'PDF',
  DOCUMENT: 'Document',
  SPREADSHEET: 'Spreadsheet',
  PRESENTATION: 'Presentation',
  CODE: 'Code',
  IMAGE: 'Image',
  AUDIO: 'Audio',
  ARCHIVE: 'Archive',
  LINK: 'Link',
} as const;

/** A column of a query over lessons `l`: its resources in order. A file that is not ready yet is none. */
export const resourcesColumn = `
  (select coalesce(json_agg(json_build_object('id', r.id, 'title', r.title, 'type', r.type, 'url', r.url, 'sizeBytes', coalesce(f.size_bytes, r.size_bytes),
             'file', case when f.id is not null then json_build_object('key', f.key, 'visibility', f.visibility) end) order by r.position), '[]')
     from resources r left join files f on f.id = r.file_id and f.state = 'READY' where r.lesson_id = l.id and (f.id is not null or r.url is not null))`;

/** The resources of a lesson that is open to the actor, with links that work for them. */
export function lessonResources(ctx: Context, rows: readonly ResourceRow[]): LessonResource[] {
  return rows.flatMap(({ id, title, type, url, sizeBytes, file }): LessonResource[] => {
    if (file) return [{ id, title, words: kinds[type], sizeBytes, href: downloadLinkDangerouslyUnchecked(ctx, file), isDownload: true }];
    const place = url !== null && URL.canParse(url) ? new URL(url) : null;
    // What is no page of the web is no link: `javascript:` would run in the school.
    if (!place || !/^https?:$/.test(place.protocol)) return [];
    const words = type === 'LINK' ? place.host : `${kinds[type]}, ${place.host}`;
    return [{ id, title, words, sizeBytes, href: place.href, isDownload: false }];
  });
}

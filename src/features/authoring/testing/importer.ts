import { Readable } from 'node:stream';
import { beforeEach } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import type { VideoId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { prepareFile, recordFiles } from '../../media/index.server.ts';

interface ImportedLesson {
  id: string;
  title: string;
  slug: string;
  content: string;
  html: string;
  type: string;
  visibility: string;
  published: boolean;
  seconds: number;
  videoId: VideoId | null;
}

/** Declares a school for the tests of one file, in which Ina imports: a new one before each test, since what another test imported is not hers. */
export function importer() {
  const { school, folderOf, rows } = importSchool();
  let ina: Person;
  let ctx: Context;
  beforeEach(async () => {
    ina = await aPerson(school.database, 'INSTRUCTOR');
    ctx = school.database.context(ina);
  });

  const storedKeys = async () =>
    [...(await runtime().storage.listAll('', { recursive: true })).objects].map((object) => ('key' in object ? object.key : '')).sort();

  return {
    school,
    folderOf,
    rows,
    storedKeys,
    get ina() {
      return ina;
    },
    get ctx() {
      return ctx;
    },

    /** The lessons of a course in their order, whoever may see them. */
    lessonsOf: (courseId: string) =>
      rows<ImportedLesson>(
        `select l.id, l.title, l.slug, l.content, l.content_html as html, l.type, l.visibility, l.published, l.duration_seconds as seconds, l.video_id as "videoId"
           from lessons l join chapters c on c.id = l.chapter_id where l.course_id = $1 order by c.position, l.position`,
        courseId,
      ),

    /** A package as an upload of hers leaves it. */
    async uploaded(bytes: Uint8Array, name = 'sailing.zip'): Promise<string> {
      const content = Readable.from([Buffer.from(bytes)]);
      const file = await prepareFile(ctx, { content, name, ownerId: ina.id, visibility: 'PRIVATE', largestBytes: 1e9 });
      const fileId = (await recordFiles(ctx, [file])).get(file.key)!;
      await school.database.owner.query(
        "insert into uploads (id, owner_id, purpose, name, size_bytes, file_id, finished_at) values (gen_random_uuid(), $1, 'PACKAGE', $2, $3, $4, now())",
        [ina.id, name, bytes.length, fileId],
      );
      return fileId;
    },

    /** Every row of the school and every stored object; not the rows of imports themselves, nor words of courses, which stay until all is counted anew. */
    async everything(): Promise<Record<string, unknown>> {
      const tables = await rows<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('imports', 'course_words', '_prisma_migrations') order by 1",
      );
      const all: Record<string, unknown> = { objects: await storedKeys() };
      for (const { name } of tables) {
        // A sum of nothing is as good as no sum.
        const condition = name === 'storage_use' ? 'where size_bytes > 0' : '';
        all[name] = await rows(`select to_jsonb(t) as row from ${name} t ${condition} order by to_jsonb(t)::text`);
      }
      return all;
    },
  };
}

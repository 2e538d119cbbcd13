import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { mayRunCatalogue } from './policy.ts';

/** How many were looked at, and how many of them were not right before. */
interface Rebuilt {
  looked: number;
  mended: number;
}

/** What came of counting everything anew. */
export interface RebuiltCounts {
  /** Chapters, lessons, lengths, students and reviews. */
  courses: Rebuilt;
  /** What courses cost now in the school's currency. */
  prices: Rebuilt;
  categories: Rebuilt;
  /** The numbers beside the choices of the catalogue. */
  facets: Rebuilt;
  /** The words that a mistyped search is compared with. */
  words: Rebuilt;
  instructors: Rebuilt;
}

const batch = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

const idsAfter = (table: string, id = 'id') =>
  statement<{ id: string }, [after: string]>(`select ${id} as id from ${table} where ${id} > $1::uuid order by ${id} limit ${batch}`);

const parts = {
  courses: { ids: idsAfter('courses'), recount: statement<{ mended: number }, [string[]]>('select recount_courses($1::uuid[]) as mended') },
  prices: {
    ids: idsAfter('courses'),
    recount: statement<{ mended: number }, [string[]]>('select refresh_course_prices($1::uuid[]) as mended'),
  },
  categories: {
    ids: idsAfter('categories'),
    recount: statement<{ mended: number }, [string[]]>('select recount_categories($1::uuid[]) as mended'),
  },
  instructors: {
    ids: idsAfter('instructor_profiles', 'user_id'),
    recount: statement<{ mended: number }, [string[]]>('select recount_instructors($1::uuid[]) as mended'),
  },
};

const facets = statement<{ kind: string; count: number }>(
  `select concat_ws(' ', coalesce(category_id::text, '*'), level, language, price, length, rating) as kind, course_count as count
     from course_facets where course_count <> 0`,
);
const recountFacets = statement('select recount_course_facets()');
const recountWords = statement<Rebuilt>('select looked, mended from recount_course_words()');

/**
 * Counts everything anew that rows carry: courses and their chapters first, as all others are sums of theirs. A part at a time, each in a transaction of its own, so that a school
 * at work waits for none of it long. Where all was right, nothing changes.
 */
export async function rebuildCounts(ctx: Context, progress: (line: string) => void = () => undefined): Promise<RebuiltCounts> {
  if (!mayRunCatalogue(ctx.actor)) throw new AppError('forbidden', 'Only who runs the school counts it anew.');
  const courses = await rebuild(ctx, 'courses', progress);
  const prices = await rebuild(ctx, 'prices', progress);
  const categories = await rebuild(ctx, 'categories', progress);
  progress('Counting the choices of the catalogue');
  const mendedFacets = await rebuildFacets(ctx);
  progress('Collecting the words of courses');
  const words = await rebuildWords(ctx);
  const instructors = await rebuild(ctx, 'instructors', progress);
  return { courses, prices, categories, facets: mendedFacets, words, instructors };
}

async function rebuild(ctx: Context, name: keyof typeof parts, progress: (line: string) => void): Promise<Rebuilt> {
  const { ids, recount } = parts[name];
  const rebuilt: Rebuilt = { looked: 0, mended: 0 };
  let after = firstId;
  for (;;) {
    const rows = await ctx.db.sql(ids, after);
    if (rows.length === 0) return rebuilt;
    const [counted] = await inTransaction(
      ctx,
      (ctx) =>
        ctx.db.sql(
          recount,
          rows.map(({ id }) => id),
        ),
      { timeoutMs: 600_000 },
    );
    rebuilt.looked += rows.length;
    rebuilt.mended += counted?.mended ?? 0;
    after = rows.at(-1)?.id ?? after;
    progress(`Counting ${name}: ${rebuilt.looked} so far`);
  }
}

function rebuildFacets(ctx: Context): Promise<Rebuilt> {
  const kinds = async (ctx: Context) => new Map((await ctx.db.sql(facets)).map(({ kind, count }) => [kind, count]));
  return inTransaction(
    ctx,
    async (ctx) => {
      const before = await kinds(ctx);
      await ctx.db.sql(recountFacets);
      const after = await kinds(ctx);
      const all = new Set([...before.keys(), ...after.keys()]);
      return { looked: all.size, mended: [...all].filter((kind) => before.get(kind) !== after.get(kind)).length };
    },
    { timeoutMs: 600_000 },
  );
}

async function rebuildWords(ctx: Context): Promise<Rebuilt> {
  const [words] = await inTransaction(ctx, (ctx) => ctx.db.sql(recountWords), { timeoutMs: 600_000 });
  return words ?? { looked: 0, mended: 0 };
}

import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { holdCourseSlug } from '../write/slug.ts';

const fields = z.object({
  address: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens, such as calm-mornings.')
    .max(80, 'At most 80 characters.'),
});

const takenBy = statement<{ slug: string }, [slug: string, courseId: string]>(
  `select slug from courses where slug = $1 and id <> $2::uuid union select slug from course_addresses where slug = $1 and course_id <> $2::uuid`,
);
const forget = statement<unknown, [slug: string]>('delete from course_addresses where slug = $1');
const remember = statement<unknown, [slug: string, courseId: string, moment: string]>(
  'insert into course_addresses (slug, course_id, created_at, updated_at) values ($1, $2::uuid, $3::timestamptz, $3::timestamptz)',
);
const move = statement<unknown, [courseId: string, slug: string, moment: string]>(
  'update courses set slug = $2, updated_at = $3::timestamptz where id = $1::uuid',
);

// A text's HTML was made with the addresses of its course's lessons. In it only a link has these characters unescaped.
const linked = (column: string) => `replace(${column}, 'href="/learn/' || $2 || '/', 'href="/learn/' || $3 || '/')`;
const relink = (['lessons', 'chapters'] as const).map((table) =>
  statement<unknown, [courseId: string, from: string, to: string]>(
    `update ${table} set content_html = ${linked('content_html')} where course_id = $1::uuid and content_html like '%href="/learn/' || $2 || '/%'`,
  ),
);
const relinkCourse = statement<unknown, [courseId: string, from: string, to: string]>(
  `update courses c set description_html = ${linked('description_html')},
          faq = (select coalesce(jsonb_agg(entry || jsonb_build_object('answerHtml', ${linked("entry ->> 'answerHtml'")}) order by place), '[]')
                   from jsonb_array_elements(c.faq) with ordinality as listed (entry, place))
    where id = $1::uuid`,
);

/** Gives a course another address; the one that it had leads on to it for good. */
export async function changeAddress(ctx: Context, input: { slug: string; address: string }): Promise<{ slug: string }> {
  const { address } = parseInput(fields, { address: input.address });
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseAt(ctx, input.slug);
    if (course.slug === address) return { slug: address };
    await holdCourseSlug(ctx, address);
    if ((await ctx.db.sql(takenBy, address, course.id)).length > 0) {
      throw new AppError('conflict', 'This address is taken.', { fields: { address: 'Another course has this address, or had it.' } });
    }
    const moment = ctx.now.toISOString();
    await ctx.db.sql(forget, address);
    await ctx.db.sql(move, course.id, address, moment);
    await ctx.db.sql(remember, course.slug, course.id, moment);
    for (const text of [...relink, relinkCourse]) await ctx.db.sql(text, course.id, course.slug, address);
    return { slug: address };
  });
}

const movedTo = statement<{ slug: string }, [slug: string]>(
  'select c.slug from course_addresses a join courses c on c.id = a.course_id where a.slug = $1',
);

/** Where the course is now that could be found here before. Who may see it is asked there. */
export async function currentAddress(ctx: Context, input: { slug: string }): Promise<string | undefined> {
  const [found] = await ctx.db.sql(movedTo, input.slug);
  return found?.slug;
}

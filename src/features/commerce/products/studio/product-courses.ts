import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { followMembersCourses } from '../../memberships/members-courses.ts';
import { mayBundle } from '../../policy.ts';
import { auditForOwner, type EditedProduct, holdProduct } from './edited-product.ts';
import { missingOf, productState } from './missing-of.ts';

/** More than anybody looks through. */
const mostProductCourses = 200;

const coursesOf = statement<{ courseId: string }, [productId: string]>(
  'select course_id as "courseId" from product_courses where product_id = $1::uuid order by position',
);
const courseById = statement<{ instructorId: string }, [id: string]>(
  'select instructor_id as "instructorId" from courses where id = $1::uuid',
);
const takeAll = statement<unknown, [productId: string]>('delete from product_courses where product_id = $1::uuid');
const putAll = statement<unknown, [productId: string, courseIds: string[], moment: string]>(
  `insert into product_courses (product_id, course_id, position, created_at, updated_at)
   select $1::uuid, id, place, $3::timestamptz, $3::timestamptz from unnest($2::uuid[]) with ordinality as listed (id, place)`,
);

type Input = { slug: string; courseId: string };

/** Puts a course at the end of a bundle or membership: one's own, or any for admins. One that is in it stays where it is. */
export async function addProductCourse(ctx: Context, input: Input): Promise<void> {
  await arrange(ctx, input, async (ctx, courses, { ownerId }) => {
    const [course] = isId(input.courseId) ? await ctx.db.sql(courseById, input.courseId) : [];
    // Somebody else's bundle holds their own courses, also when the school helps with it.
    const isOthers = ctx.actor.kind === 'person' && ctx.actor.id !== ownerId;
    if (!course || !mayBundle(ctx.actor, course) || (isOthers && course.instructorId !== ownerId))
      throw new AppError('not-found', 'There is no such course among yours.');
    if (courses.length >= mostProductCourses) throw new AppError('conflict', `There is room for ${mostProductCourses} courses.`);
    return courses.includes(input.courseId) ? courses : [...courses, input.courseId];
  });
}

/** Takes a course out. Who bought it keeps it; what is offered stays whole. */
export async function removeProductCourse(ctx: Context, input: Input): Promise<void> {
  await arrange(ctx, input, async (_, courses) => courses.filter((id) => id !== input.courseId));
}

/** Moves a course one place up or down. */
export async function moveProductCourse(ctx: Context, input: Input & { by: 1 | -1 }): Promise<void> {
  await arrange(ctx, input, async (_, courses) => {
    const from = courses.indexOf(input.courseId);
    const to = from + input.by;
    if (from < 0 || to < 0 || to >= courses.length) return courses;
    return courses.toSpliced(from, 1).toSpliced(to, 0, input.courseId);
  });
}

type Next = (ctx: Context, courses: string[], product: EditedProduct) => Promise<string[]>;

async function arrange(ctx: Context, { slug }: Input, next: Next): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const product = await holdProduct(ctx, slug);
    const courses = (await ctx.db.sql(coursesOf, product.id)).map(({ courseId }) => courseId);
    const wanted = await next(ctx, courses, product);
    if (wanted === courses) return;
    await ctx.db.sql(takeAll, product.id);
    await ctx.db.sql(putAll, product.id, wanted, ctx.now.toISOString());
    if (product.type === 'MEMBERSHIP') await followMembersCourses(ctx, { productId: product.id });
    await keepWhole(ctx, product);
    await auditForOwner(ctx, product);
  });
}

/** What is offered to everybody never lacks anything: it is hidden first. */
export async function keepWhole(ctx: Context, product: EditedProduct): Promise<void> {
  if (!product.isPublic) return;
  const [state] = await ctx.db.sql(productState, product.id);
  const missing = state ? missingOf(product.type, state) : [];
  if (missing.length > 0) throw new AppError('conflict', `It is on sale: hide it first. ${missing.join(' ')}`);
}

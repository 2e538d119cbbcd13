import {
  type PlayableVideo,
  type PlayableVideoRow,
  playableVideoColumn,
  playableVideoDangerouslyUnchecked,
} from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from '../cover.ts';
import { type CourseTeam, mayEditCourse, mayHelpStudents } from '../policy.ts';
import { addressOf } from '../seo/school.ts';
import { teamColumns } from '../team/team-columns.ts';
import { type Details, detailColumns } from './details.ts';
import { marksOf } from './marks.ts';

/** A category as a choice, as deep in the tree as it lies. */
export interface CategoryChoice {
  slug: string;
  name: string;
  depth: number;
}

/** What a course's page of details shows. */
export interface DetailsPage {
  slug: string;
  /** The page's whole address, as others see it. */
  address: string;
  isPublished: boolean;
  mayEdit: boolean;
  values: Details;
  /** By which a form says what it was filled from. */
  marks: Record<string, string>;
  descriptionHtml: string;
  cover: CoverPicture | null;
  trailer: PlayableVideo | null;
  categories: CategoryChoice[];
  prerequisites: { slug: string; title: string }[];
  /** Courses that could be asked for, when some were looked for. */
  found: { slug: string; title: string; by: string }[] | null;
}

interface Extra extends CourseTeam {
  status: string;
  descriptionHtml: string;
  cover: CoverRow | null;
  trailer: PlayableVideoRow | null;
  tree: { slug: string; name: string; parent: string | null }[];
  required: { slug: string; title: string }[];
}

const courseDetails = statement<{ values: Details; extra: Extra }, [slug: string]>(`
  select (select to_json(d) from (select ${detailColumns}) d) as values,
         (select to_json(e) from (select c.status, c.description_html as "descriptionHtml", ${coverColumn} as cover, ${teamColumns},
                    ${playableVideoColumn('c.preview_video_id')} as trailer,
                    (select coalesce(json_agg(json_build_object('slug', g.slug, 'name', g.name, 'parent', p.slug) order by g.name), '[]')
                       from categories g left join categories p on p.id = g.parent_id) as tree,
                    (select coalesce(json_agg(json_build_object('slug', q.slug, 'title', q.title) order by q.title, q.slug), '[]')
                       from course_prerequisites r join courses q on q.id = r.prerequisite_id where r.course_id = c.id) as required) e) as extra
    from courses c where c.slug = $1`);

const coursesLike = statement<{ slug: string; title: string; by: string }, [slug: string, words: string]>(`
  select c.slug, c.title, u.name as by from courses c join people u on u.id = c.instructor_id
   where c.status = 'PUBLISHED' and c.slug <> $1 and search_text(c.title) like '%' || search_text($2) || '%'
     and not exists (select from course_prerequisites r join courses k on k.id = r.course_id where k.slug = $1 and r.prerequisite_id = c.id)
   order by c.student_count desc, c.id desc limit 8`);

/** Everything that a course says of itself, to be changed; `find` looks for courses to ask for first. One query, and one more for that. */
export async function detailsPage(ctx: Context, input: { slug: string; find?: string | null }): Promise<DetailsPage> {
  const find = input.find?.trim().slice(0, 100) ?? '';
  const [[row], found] = await asActor(ctx, (sql) =>
    Promise.all([sql(courseDetails, input.slug), find === '' ? null : sql(coursesLike, input.slug, find.replace(/[%_\\]/g, '\\$&'))]),
  );
  if (!row || !mayHelpStudents(ctx.actor, row.extra)) throw new AppError('not-found', 'There is no such course among yours.');
  const { values, extra } = row;
  return {
    slug: input.slug,
    address: addressOf(`/courses/${input.slug}`),
    isPublished: extra.status === 'PUBLISHED',
    mayEdit: mayEditCourse(ctx.actor, extra),
    values,
    marks: marksOf(values),
    descriptionHtml: extra.descriptionHtml,
    cover: coverPicture(extra.cover),
    trailer: playableVideoDangerouslyUnchecked(ctx, extra.trailer) ?? null,
    categories: inTree(extra.tree),
    prerequisites: extra.required,
    found,
  };
}

function inTree(all: Extra['tree'], parent: string | null = null, depth = 0): CategoryChoice[] {
  return all
    .filter((category) => category.parent === parent)
    .flatMap(({ slug, name }) => [{ slug, name, depth }, ...inTree(all, slug, depth + 1)]);
}

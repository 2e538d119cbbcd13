import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { addressOf } from './school.ts';
import { xmlText } from './xml.ts';

/** A sitemap may name 50,000 addresses; some of the first are for categories, and for what else is on sale. */
const coursesPerFile = 45_000;
const mostCategories = 4_000;
const rowsAtATime = 1_000;
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The courses with which each file after the first begins. */
const laterBeginnings = statement<{ id: string }, [perFile: number]>(
  `select id from (select id, row_number() over (order by id) - 1 as place from courses where status = 'PUBLISHED') numbered
    where place > 0 and place % $1 = 0 order by id`,
);

const publishedFrom = statement<{ id: string; slug: string; updatedAt: Date }, [from: string, isWithin: boolean, rows: number]>(
  `select id, slug, updated_at as "updatedAt" from courses
    where status = 'PUBLISHED' and id >= $1::uuid and (not $2 or id > $1::uuid) order by id limit $3`,
);

const filledCategories = statement<{ slug: string }, [rows: number]>(
  'select slug from categories where course_count > 0 order by slug limit $1',
);

/** A page that another feature has for everybody. */
interface PublicPage {
  path: string;
  changedAt?: Date;
}

interface Wanted {
  part: string | null;
  perFile?: number;
  more?: (ctx: Context) => Promise<PublicPage[]>;
}

/**
 * Every public page, in pieces of XML that are made while they are sent. A school of more courses than one file may name gets a list of
 * files, each of which begins at a course: `part` is its id, or `first`. `more` gives the pages of other features, 900 at the most.
 */
export async function sitemap(ctx: Context, input: Wanted): Promise<AsyncGenerator<string>> {
  const { part, perFile = coursesPerFile, more = async () => [] } = input;
  if (part === 'first') return addresses(ctx, { begin: null, perFile, more });
  if (part !== null) {
    if (!isId(part)) throw new AppError('not-found', 'There is no such part of the map.');
    return addresses(ctx, { begin: part, perFile, more });
  }
  const later = await ctx.db.sql(laterBeginnings, perFile);
  return later.length === 0 ? addresses(ctx, { begin: null, perFile, more }) : listOfFiles(['first', ...later.map((file) => file.id)]);
}

async function* listOfFiles(parts: readonly string[]): AsyncGenerator<string> {
  yield `${declaration}<sitemapindex ${namespace}>\n`;
  for (const part of parts) yield `<sitemap><loc>${xmlText(addressOf(`/sitemap.xml?part=${part}`))}</loc></sitemap>\n`;
  yield '</sitemapindex>\n';
}

async function* addresses(
  ctx: Context,
  { begin, perFile, more }: Required<Omit<Wanted, 'part'>> & { begin: string | null },
): AsyncGenerator<string> {
  yield `${declaration}<urlset ${namespace}>\n`;
  if (begin === null) {
    const categories = await ctx.db.sql(filledCategories, mostCategories);
    const places = ['/', '/courses', ...categories.map(({ slug }) => `/categories/${encodeURIComponent(slug)}`)];
    yield places.map((place) => entry(place)).join('');
    yield (await more(ctx)).map(({ path, changedAt }) => entry(path, changedAt)).join('');
  }
  let from = begin ?? '00000000-0000-0000-0000-000000000000';
  for (let sent = 0; sent < perFile; ) {
    const rows = await ctx.db.sql(publishedFrom, from, sent > 0, Math.min(rowsAtATime, perFile - sent));
    yield rows.map((course) => entry(`/courses/${course.slug}`, course.updatedAt)).join('');
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtATime) break;
    from = last.id;
    sent += rows.length;
  }
  yield '</urlset>\n';
}

function entry(path: string, changedAt?: Date): string {
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : '';
  return `<url><loc>${xmlText(addressOf(path))}</loc>${changed}</url>\n`;
}

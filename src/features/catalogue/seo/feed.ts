import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { addressOf, schoolName } from './school.ts';
import { xmlText } from './xml.ts';

interface Row {
  id: string;
  slug: string;
  title: string;
  subtitle: string;
  instructor: string;
  publishedAt: Date;
  updatedAt: Date;
}

const newest = statement<Row>(
  `select c.id, c.slug, c.title, c.subtitle, u.name as instructor, c.published_at as "publishedAt", c.updated_at as "updatedAt"
     from courses c join people u on u.id = c.instructor_id
    where c.status = 'PUBLISHED' order by c.published_at desc, c.id desc limit 30`,
);

/** The newest courses as an Atom feed. Source: RFC 4287. */
export async function courseFeed(ctx: Context): Promise<string> {
  const rows = await ctx.db.sql(newest);
  const changed = rows.reduce((latest, row) => (row.updatedAt > latest ? row.updatedAt : latest), new Date(0));
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xmlText(addressOf('/'))}</id>
<title>${xmlText(`New courses at ${schoolName}`)}</title>
<updated>${changed.toISOString()}</updated>
<link rel="alternate" type="text/html" href="${xmlText(addressOf('/courses'))}"/>
<link rel="self" type="application/atom+xml" href="${xmlText(addressOf('/feed.xml'))}"/>
${rows.map(entry).join('')}</feed>
`;
}

function entry(course: Row): string {
  return `<entry>
<id>urn:uuid:${course.id}</id>
<title>${xmlText(course.title)}</title>
<link rel="alternate" type="text/html" href="${xmlText(addressOf(`/courses/${course.slug}`))}"/>
<published>${course.publishedAt.toISOString()}</published>
<updated>${course.updatedAt.toISOString()}</updated>
<author><name>${xmlText(course.instructor)}</name></author>
<summary>${xmlText(course.subtitle)}</summary>
</entry>
`;
}

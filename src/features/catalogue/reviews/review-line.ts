/** A review as a page shows it. */
export interface ReviewLine {
  id: string;
  author: { name: string; image: string | null };
  rating: number;
  paragraphs: string[];
  writtenAt: Date;
  isEdited: boolean;
  reply: { paragraphs: string[]; text: string } | null;
}

/** What a line is made of, as JSON of the database: moments are text. */
export interface ReviewRow {
  id: string;
  authorId: string;
  name: string;
  image: string | null;
  rating: number;
  text: string;
  reply: string | null;
  createdAt: string;
  isEdited: boolean;
}

/** The SQL of a row as JSON, of `reviews r join people p`. */
export const reviewJson = `json_build_object('id', r.id, 'authorId', r.user_id, 'name', p.name, 'image', p.image, 'rating', r.rating, 'text', r.text,
  'reply', r.reply, 'createdAt', r.created_at, 'isEdited', r.updated_at > r.created_at)`;

/** The line of a row. */
export function reviewLine(row: ReviewRow): ReviewLine {
  return {
    id: row.id,
    author: { name: row.name, image: row.image },
    rating: row.rating,
    paragraphs: paragraphsOf(row.text),
    writtenAt: new Date(row.createdAt),
    isEdited: row.isEdited,
    reply: row.reply === null ? null : { paragraphs: paragraphsOf(row.reply), text: row.reply },
  };
}

/** How many of the reviews of the course `c` gave five stars, four … one, as SQL. Hidden ones do not count. */
export const distributionColumn = `
  (select array_agg((select count(*)::int from reviews r where r.course_id = c.id and r.status = 'PUBLISHED' and r.rating = stars) order by stars desc)
     from generate_series(1, 5) stars)`;

function paragraphsOf(text: string): string[] {
  return text.split(/\n{2,}/).filter(Boolean);
}

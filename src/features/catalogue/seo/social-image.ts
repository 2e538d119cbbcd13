import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type Font, readFont } from '#platform/fonts/font.ts';
import { openPictures } from '#platform/pictures.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type CoverRow, coverColumn } from '../cover.ts';
import { schoolName } from './school.ts';
import { pictureFrame, type SocialWords, socialSvg } from './social-svg.ts';

/** A course's picture for other sites to show beside a link. */
export interface SocialImage {
  /** Changes when the picture does. */
  tag: string;
  /** The PNG, made at the first wish and then kept for a while. */
  png(): Promise<Buffer>;
}

interface Row extends Omit<SocialWords, 'school'> {
  cover: CoverRow | null;
}

const courseBySlug = statement<Row, [slug: string]>(
  `select c.title, u.name as instructor, ${coverColumn} as cover,
          (select g.name from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id order by k.is_main desc, g.name limit 1) as category
     from courses c join people u on u.id = c.instructor_id where c.slug = $1 and c.status = 'PUBLISHED'`,
);

/** To be counted up when the drawing changes. */
const drawing = 1;

/** Pictures that were asked for last, by their tags: some 60 kB each. */
const kept = new Map<string, Promise<Buffer>>();
const mostKept = 100;

/** The picture of a published course. */
export async function socialImage(ctx: Context, input: { slug: string }): Promise<SocialImage> {
  const [course] = await ctx.db.sql(courseBySlug, input.slug);
  if (!course) throw new AppError('not-found', 'There is no such course.');
  const tag = createHash('sha256')
    .update(JSON.stringify([drawing, schoolName, course]))
    .digest('base64url')
    .slice(0, 22);
  return { tag, png: () => keptOr(tag, () => draw(course)) };
}

function keptOr(tag: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const picture = kept.get(tag) ?? make();
  // The newest wish stands last; the oldest goes. What failed is tried again.
  kept.delete(tag);
  kept.set(tag, picture);
  picture.catch(() => kept.delete(tag));
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest) kept.delete(oldest);
  return picture;
}

async function draw({ cover, ...words }: Row): Promise<Buffer> {
  const sharp = await openPictures();
  const poster = sharp(Buffer.from(socialSvg({ ...words, school: schoolName }, await fonts())));
  if (cover) {
    const { width, height, x, y } = pictureFrame;
    const picture = await sharp(await runtime().storage.getBytes(cover.key))
      .resize(width, height, { fit: 'cover' })
      .png()
      .toBuffer();
    poster.composite([{ input: picture, left: x, top: y }]);
  }
  return poster.png({ compressionLevel: 9 }).toBuffer();
}

let loaded: Promise<{ serif: Font; sans: Font }> | undefined;

function fonts(): Promise<{ serif: Font; sans: Font }> {
  loaded ??= Promise.all([font('newsreader'), font('inter')]).then(([serif, sans]) => ({ serif, sans }));
  return loaded;
}

async function font(name: string): Promise<Font> {
  const file = (part: string) => fileURLToPath(import.meta.resolve(`@fontsource-variable/${name}/files/${name}-${part}-wght-normal.woff2`));
  return readFont(await Promise.all(['latin', 'latin-ext'].map((part) => readFile(file(part)))));
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';

interface Found {
  id: string;
  ownerId: string;
  type: 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';
  slug: string;
  courseSlug: string | null;
}

const bySlugs = statement<Found, [slugs: string[]]>(
  `select p.id, p.owner_id as "ownerId", p.type, p.slug, c.slug as "courseSlug"
     from products p left join courses c on c.id = p.course_id
    where p.slug = any ($1::text[]) or c.slug = any ($1::text[])`,
);

/** The last part of an address, wherever it was copied from. */
function slugOf(line: string): string {
  const path = line
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** The products whose addresses stand in the lines; whoever owns them must be `ownerId`, where that is set. */
export async function coveredProducts(ctx: Context, { lines, ownerId }: { lines: string; ownerId: string | null }): Promise<string[]> {
  const slugs = [...new Set(lines.split('\n').map(slugOf).filter(Boolean))];
  if (slugs.length > 200) refuse('At most 200 products.');
  const found = slugs.length === 0 ? [] : await ctx.db.sql(bySlugs, slugs);
  const mine = found.filter((product) => ownerId === null || product.ownerId === ownerId);
  return slugs.map((slug) => {
    const product = mine.find(({ courseSlug }) => courseSlug === slug) ?? mine.find((other) => other.slug === slug);
    if (product?.type === 'MEMBERSHIP') refuse(`“${slug}” is a membership: coupons lower what is paid once.`);
    return (
      product?.id ??
      refuse(`Nothing with the address “${slug}” is sold${ownerId === null ? '' : ' by the instructor'}. A course needs a price first.`)
    );
  });
}

function refuse(message: string): never {
  throw new AppError('invalid', 'Something here needs another look.', { fields: { products: message } });
}

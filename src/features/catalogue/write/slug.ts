import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

/** Latin letters that no decomposition turns into ASCII, and the letters of Cyrillic and Greek (after ISO 9 and ELOT 743, simplified to ASCII). */
const letters = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ı: 'i',
    ħ: 'h',
    ŋ: 'ng',
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ґ: 'g',
    д: 'd',
    е: 'e',
    є: 'ye',
    ж: 'zh',
    з: 'z',
    и: 'i',
    і: 'i',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh',
    щ: 'shch',
    ъ: '',
    ы: 'y',
    ь: '',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    ђ: 'dj',
    ј: 'j',
    љ: 'lj',
    њ: 'nj',
    ћ: 'c',
    џ: 'dz',
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
    ο: 'o',
    π: 'p',
    ρ: 'r',
    σ: 's',
    ς: 's',
    τ: 't',
    υ: 'y',
    φ: 'f',
    χ: 'ch',
    ψ: 'ps',
    ω: 'o',
    '&': ' and ',
    '+': ' plus ',
    '#': ' sharp ',
  }),
);

const longest = 80;

/** Words for an address: lower-case ASCII with hyphens. Of a script without letters here (Arabic, Devanagari, Chinese …) nothing remains, and the fallback stands in. */
export function slugOf(title: string, fallback: string): string {
  const lower = title
    .toLowerCase()
    .replace(/c\+\+/g, 'cpp')
    .replace(/\b([cf])#/g, '$1-sharp')
    .replace(/\.net\b/g, 'dotnet');
  const ascii = [...lower.normalize('NFD').replace(/\p{Mark}/gu, '')].map((letter) => letters.get(letter) ?? letter).join('');
  const slug = ascii
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug.length <= longest) return slug || fallback;
  const cut = slug.slice(0, longest + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf('-'), longest / 2)).replace(/-$/, '');
}

/** The slug, or the slug with the first number that nobody has. */
export function freeSlug(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  let slug = wanted;
  for (let number = 2; used.has(slug); number += 1) slug = `${wanted}-${number}`;
  return slug;
}

const holdSlug = statement<unknown, [string]>("select pg_advisory_xact_lock(hashtextextended('course slug ' || $1, 0))");
const likeSlugs = statement<{ slug: string }, [string]>(
  `select slug from courses where slug = $1 or slug like $1 || '-%'
   union select slug from course_addresses where slug = $1 or slug like $1 || '-%'`,
);

/** Lets the rest of the transaction be alone with a slug. */
export async function holdCourseSlug(ctx: Context, slug: string): Promise<void> {
  await ctx.db.sql(holdSlug, slug);
}

/** A slug that no course has, or had; until the transaction ends nobody else gets one of the same words. */
export async function freeCourseSlug(ctx: Context, wanted: string): Promise<string> {
  await holdCourseSlug(ctx, wanted);
  const rows = await ctx.db.sql(likeSlugs, wanted);
  return freeSlug(
    wanted,
    rows.map((row) => row.slug),
  );
}

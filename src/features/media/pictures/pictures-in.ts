import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { Picture } from '#platform/markdown/render.ts';
import { fileUrl, namedSizes, type Variant } from '../files/stored-file.ts';

interface Row {
  key: string;
  width: number | null;
  height: number | null;
  variants: Variant[];
}

const picturesByKey = statement<Row, [string[]]>(
  "select key, width, height, variants from files where key = any($1) and visibility = 'PUBLIC' and state = 'READY'",
);

const address = /\/files\/([0-9a-f]{2}\/[0-9a-f]{62}\.[a-z0-9]{2,5})/g;

/** What is known of the pictures whose addresses a text holds, for rendering it. */
export async function picturesIn(ctx: Context, text: string): Promise<Map<string, Picture>> {
  const keys = [...new Set([...text.matchAll(address)].map((match) => match[1]!))];
  const rows = keys.length > 0 ? await ctx.db.sql(picturesByKey, keys) : [];
  return new Map(
    rows.map(({ key, width, height, variants }) => [
      fileUrl(key),
      { width, height, variants: namedSizes(variants).map((variant) => ({ src: fileUrl(variant.key), width: variant.width })) },
    ]),
  );
}

import { fileUrl, namedSizes } from '#features/media/index.server.ts';

/** A course's own picture, in the sizes there are. Courses without one get a generated cover from their title and category. */
export interface CoverPicture {
  src: string;
  srcset: string | undefined;
}

/** What `coverColumn` gives. */
export interface CoverRow {
  key: string;
  width: number | null;
  variants: { key: string; width: number }[];
}

/** The SQL column of the cover of the course `c`. Only a public file can be one: a catalogue page is for everybody. */
export const coverColumn = `
  (select json_build_object('key', f.key, 'width', f.width, 'variants', f.variants)
     from files f where f.id = c.image_file_id and f.visibility = 'PUBLIC' and f.state = 'READY')`;

/** The picture as a page shows it. */
export function coverPicture(row: CoverRow | null): CoverPicture | null {
  if (!row) return null;
  const smaller = namedSizes(row.variants);
  const sizes = [...smaller, ...(row.width ? [{ key: row.key, width: row.width }] : [])];
  const srcset = smaller.length > 0 ? sizes.map((size) => `${fileUrl(size.key)} ${size.width}w`).join(', ') : undefined;
  return { src: fileUrl(row.key), srcset };
}

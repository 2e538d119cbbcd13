import { bytesInWords } from '../files/bytes-in-words.ts';
import type { FilmPanel } from '../films/film-panel.ts';

/** A length as players write it: 12:30, 1:02:03. */
function lengthInWords(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** What is known of a film, in the order in which one asks. */
export function factsOf({ film, file }: FilmPanel): string[] {
  const size = film.width && film.height ? `${film.width} × ${film.height}` : undefined;
  return [lengthInWords(film.durationSeconds), size, file ? bytesInWords(file.sizeBytes) : undefined].filter((fact) => fact !== undefined);
}

/** Sizes as people name them: 360p, 720p. */
export function sizesInWords(sizes: readonly number[]): string {
  const words = sizes.map((size) => `${size}p`);
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

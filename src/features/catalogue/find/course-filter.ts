import { z } from 'zod';
import type { Level } from '../labels.ts';

/** What an address may ask of the catalogue, as it was written. */
export interface CourseWish {
  q?: string | null;
  category?: string | null;
  level?: readonly string[];
  language?: readonly string[];
  price?: readonly string[];
  /** The older way to say that the price is none. */
  free?: string | null;
  length?: readonly string[];
  rating?: string | null;
  sort?: string | null;
  after?: string | null;
}

export type CourseSort = z.infer<typeof sorts>;

/** What is asked of the catalogue. What means nothing is left out, as an address may be old. */
export interface CourseFilter {
  search: string;
  category: string | null;
  levels: string[];
  languages: string[];
  prices: string[];
  lengths: string[];
  rating: string | null;
  sort: CourseSort;
}

const sorts = z.enum(['relevance', 'popular', 'newest', 'rating', 'cheapest', 'dearest']);

/** The words of an address, and what the database calls them. */
export const levels: Record<string, Level> = { beginner: 'BEGINNER', intermediate: 'INTERMEDIATE', advanced: 'ADVANCED', expert: 'EXPERT' };
/** Bands of `price_band`. */
export const prices: Record<string, number> = { free: 1, low: 2, middle: 3, high: 4, top: 5 };
/** Bands of `length_band`. */
export const lengths: Record<string, number> = { 'under-1h': 1, '1-3h': 2, '3-10h': 3, 'over-10h': 4 };
/** Bands of `rating_band`: this one and better. */
export const ratings: Record<string, number> = { '4.5': 5, '4': 4, '3.5': 3, '3': 2 };

/** More languages than anybody learns in. */
const maxLanguages = 12;

/** The filter that an address asks for. */
export function courseFilter(wish: CourseWish): CourseFilter {
  const search = (wish.q ?? '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 100);
  const sort = sorts.safeParse(wish.sort).data ?? (search ? 'relevance' : 'newest');
  return {
    search,
    category: wish.category?.match(/^[\p{L}\p{N}_-]{1,200}$/u)?.[0] ?? null,
    levels: known(wish.level, levels),
    languages: [...new Set(wish.language)].filter((code) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code)).slice(0, maxLanguages),
    prices: known(wish.free === '1' ? [...(wish.price ?? []), 'free'] : wish.price, prices),
    lengths: known(wish.length, lengths),
    rating: known(wish.rating ? [wish.rating] : [], ratings)[0] ?? null,
    // Nothing is more relevant than another when nothing is searched for.
    sort: sort === 'relevance' && !search ? 'newest' : sort,
  };
}

function known(wishes: readonly string[] | undefined, words: Record<string, unknown>): string[] {
  return Object.keys(words).filter((word) => wishes?.includes(word));
}

/** The most words of a search that are looked for. */
const maxWords = 8;

const wordsOf = (search: string) => (search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, maxWords).map((word) => `'${word}'`);

/** What is looked for, as PostgreSQL's `to_tsquery` takes it: every word, and the last as the beginning of one, since it may still be typed. */
export function searchWords(search: string): string {
  const words = wordsOf(search);
  const isBeginning = [...(words.at(-1) ?? '')].length > "''".length + 1;
  return `${words.join(' & ')}${isBeginning ? ':*' : ''}`;
}

/** The words before the last, in the same form: they are typed to their end. */
export function typedWords(search: string): string {
  return wordsOf(search).slice(0, -1).join(' & ');
}

/** A place in a list: the value that the list is sorted by, and the course. */
export interface Place {
  key: number;
  id: string;
}

const placeInAddress = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The place that an address names, or null. */
export function placeFrom(after: string | null | undefined): Place | null {
  const [, key, id] = placeInAddress.exec(after ?? '') ?? [];
  return key && id ? { key: Number(key), id } : null;
}

/** A place as an address names it. */
export function addressOf(place: Place): string {
  return `${place.key}.${place.id}`;
}

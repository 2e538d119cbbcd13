import { destinationsOf } from './destinations.ts';
import { isMarkdown, lessonName } from './outline.ts';

/** Where the same course stands on the web, as far as its own links tell. */
export interface HomeSite {
  /** The lesson that a far address is, or undefined when it leads elsewhere. */
  lessonAt(address: string): string | undefined;
}

/**
 * Finds the lessons that far links mean. An address that ends with a lesson's whole path (as on a code host) is that lesson. An address
 * `…/lessons/<words>` whose words end with a lesson's name is, too, on a host that links so to two different lessons or more: one likeness is chance.
 */
export function homeSiteOf(texts: Iterable<string>, lessons: readonly string[]): HomeSite {
  const names = lessons.flatMap((path) => namesOf(path).map((name) => ({ path, name }))).sort((a, b) => b.name.length - a.name.length);
  const byName = (url: URL) => {
    const slug = /\/lessons?\/([\w-]+)\/?$/.exec(url.pathname)?.[1];
    return slug === undefined ? undefined : names.find(({ name }) => endsWithWords(slug, name))?.path;
  };
  const linked = new Map<string, Set<string>>();
  for (const text of texts) {
    for (const { address, isImage } of destinationsOf(text)) {
      const url = isImage ? undefined : farUrl(address);
      const lesson = url && byName(url);
      if (url && lesson) linked.set(url.host, (linked.get(url.host) ?? new Set()).add(lesson));
    }
  }
  return {
    lessonAt(address) {
      const url = farUrl(address);
      if (!url) return undefined;
      const byPath = isMarkdown(url.pathname)
        ? lessons.find((path) => path.includes('/') && decodeURI(url.pathname).endsWith(`/${path}`))
        : undefined;
      return byPath ?? ((linked.get(url.host)?.size ?? 0) >= 2 ? byName(url) : undefined);
    },
  };
}

function farUrl(address: string): URL | undefined {
  return /^https?:/i.test(address) && URL.canParse(address) && isDecodable(address) ? new URL(address) : undefined;
}

function isDecodable(address: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(address) && !/%[89a-f]/i.test(address);
}

/** A lesson's name as the words of an address, with and without a leading word for its kind. */
function namesOf(path: string): string[] {
  const name = lessonName(path)
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .replace(/^\d+[\s._-]+/, '')
    .replace(/[\s_.]+/g, '-');
  const bare = name.replace(/^(project|exercise|lesson|lab)-/, '');
  return bare === name ? [name] : [name, bare];
}

/** Whether the last words of a slug are the name's, wherever either of them has its hyphens: `javascript-hashmap` ends with `hash-map`. */
function endsWithWords(slug: string, name: string): boolean {
  const wanted = name.replaceAll('-', '');
  const words = slug.toLowerCase().split('-');
  return words.some((_, index) => words.slice(index).join('') === wanted);
}

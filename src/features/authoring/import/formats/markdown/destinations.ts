import { markdownParser } from '#platform/markdown/parser.ts';
import { passOver, regionsOf } from './regions.ts';

/** Where a link leads or a picture lies, and where in the source that is written. */
export interface Destination {
  start: number;
  end: number;
  address: string;
  isImage: boolean;
}

/** Every destination of links, pictures and reference definitions, in order. Code is passed over. */
export function destinationsOf(source: string): Destination[] {
  return regionsOf(source).regions.flatMap((region) => (region.kind === 'code' ? [] : within(source, region.start, region.end)));
}

/** The source with other destinations; undefined leaves one as it is. */
export function withDestinations(source: string, change: (destination: Destination) => string | undefined): string {
  let result = '';
  let done = 0;
  for (const destination of destinationsOf(source)) {
    const changed = change(destination);
    if (changed === undefined) continue;
    result += source.slice(done, destination.start) + changed;
    done = destination.end;
  }
  return result + source.slice(done);
}

/** An address as it may stand between the parentheses of a link. */
export function asDestination(address: string): string {
  return address.replace(/[\s()<>\\]/g, (character) =>
    encodeURIComponent(character).replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29')),
  );
}

const definition = /^[ \t>]*\[(?:[^\]\\]|\\.)+\]:[ \t]*\n?[ \t]*/;

function within(source: string, start: number, end: number): Destination[] {
  const found: Destination[] = [];
  const open: { isImage: boolean }[] = [];
  let at = start;
  while (at < end) {
    const next = passOver(source, at, end);
    if (next > at) {
      at = next;
      continue;
    }
    if (source[at] === '[') {
      const defined =
        at === start || /\n[ \t>]*$/.test(source.slice(Math.max(start, at - 20), at)) ? definition.exec(source.slice(at, end)) : null;
      const destination = defined && destinationAt(source, at + defined[0].length, end);
      if (destination) {
        found.push({ ...destination, isImage: false });
        at = destination.end;
        continue;
      }
      open.push({ isImage: source[at - 1] === '!' });
    } else if (source[at] === ']') {
      const bracket = open.pop();
      const destination = bracket && source[at + 1] === '(' ? destinationAt(source, at + 2, end, true) : undefined;
      if (bracket && destination) {
        found.push({ ...destination, isImage: bracket.isImage });
        at = destination.end;
        continue;
      }
    } else if (source[at] === '\n' && /^\n[ \t>]*\n/.test(source.slice(at, at + 40))) open.length = 0;
    at += 1;
  }
  return found;
}

/** Behind `](` there must be a destination, perhaps a title, and `)`. */
function destinationAt(source: string, from: number, end: number, inParentheses = false): Omit<Destination, 'isImage'> | undefined {
  const start = from + /^[ \t\n]*/.exec(source.slice(from, end))![0].length;
  const parsed = markdownParser.helpers.parseLinkDestination(source, start, end);
  if (!parsed.ok || parsed.pos === start) return undefined;
  if (
    inParentheses &&
    !/^\s*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*)?\)/.test(
      source.slice(parsed.pos, Math.min(end, parsed.pos + 600)),
    )
  )
    return undefined;
  return { start, end: parsed.pos, address: parsed.str };
}

import { asDestination } from '../markdown/destinations.ts';
import type { LessonDraft } from '../../draft.ts';
import { type Pack, type Part, placeOf, titleOf } from './pack.ts';
import type { References } from './references.ts';
import { descendantsOf } from './xml.ts';

/** A film as a lesson shows it, or as a link where that cannot be; beside it what hangs on it. */
export interface ReadVideo {
  film: { video: NonNullable<LessonDraft['video']>; durationSeconds: number | undefined } | undefined;
  /** Markdown that leads to the film. */
  link: string;
  /** Markdown that leads to transcripts and handouts. */
  beside: string;
}

/** Reads a video: at YouTube, or a file of the package. Its length is what the package says, or when its last caption ends. */
export async function readVideo(part: Part, pack: Pack, references: References): Promise<ReadVideo> {
  const { attributes } = part.node;
  const title = titleOf(part) ?? 'Film';
  const externalId = [attributes.youtube_id_1_0, attributes.youtube?.split(/[:,]/).at(-1)].find((id) => /^[\w-]{11}$/.test(id ?? ''));
  const addresses = [...descendantsOf(part.node).filter((node) => node.name === 'source').map((node) => node.attributes.src ?? ''), ...listed(attributes.html5_sources)];
  const path = addresses.map((address) => references.file(address) ?? references.fileNamed(address.split(/[?#]/)[0]!.split('/').at(-1)!)).find((found) => found !== undefined && /\.(mp4|webm)$/i.test(found));
  const transcripts = transcriptsOf(part, references);
  const seconds = await lengthOf(part, pack, transcripts.map((transcript) => transcript.path));
  const address = externalId ? `https://www.youtube.com/watch?v=${externalId}` : addresses.find((found) => /^https?:/.test(found));
  return {
    film: path !== undefined
      ? { video: { provider: 'FILE', path, poster: undefined, captions: [] }, durationSeconds: seconds }
      : externalId && seconds !== undefined
        ? { video: { provider: 'YOUTUBE', externalId }, durationSeconds: seconds }
        : undefined,
    link: path !== undefined ? `[${escaped(title)}](${references.take(path, 'attachment')})` : address ? `[${escaped(title)}](${asDestination(address)})` : '',
    beside: besideOf(part, title, transcripts, references, pack),
  };
}

function transcriptsOf(part: Part, references: References): { language: string; path: string }[] {
  const found = descendantsOf(part.node).filter((node) => node.name === 'transcript' && node.attributes.src !== undefined);
  return found.flatMap((node) => {
    const path = references.fileNamed(node.attributes.src!);
    return path === undefined ? [] : [{ language: node.attributes.language ?? 'en', path }];
  });
}

function besideOf(part: Part, title: string, transcripts: { language: string; path: string }[], references: References, pack: Pack): string {
  const links = transcripts.map(({ language, path }) => `[${languageName(language)}](${references.take(path, 'attachment')})`);
  const others = descendantsOf(part.node).filter((node) => ['track', 'handout'].includes(node.name) && node.attributes.src);
  for (const node of others) {
    const path = references.file(node.attributes.src!);
    if (path === undefined) pack.notes.changed.push({ path: placeOf(part), what: `the ${node.name} ${node.attributes.src} is missing` });
    else links.push(`[${node.name === 'track' ? 'Transcript to download' : 'Handout'}](${references.take(path, 'attachment')})`);
  }
  return links.length === 0 ? '' : `With “${escaped(title)}”: ${links.join(', ')}.`;
}

function languageName(code: string): string {
  const isCode = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code);
  return `Transcript in ${(isCode && new Intl.DisplayNames(['en'], { type: 'language' }).of(code)) || 'its language'}`;
}

async function lengthOf(part: Part, pack: Pack, transcripts: readonly string[]): Promise<number | undefined> {
  const said = descendantsOf(part.node).map((node) => (node.name === 'video_asset' ? Number(node.attributes.duration) : 0));
  const known = Math.max(0, ...said.filter(Number.isFinite));
  if (known > 0) return Math.min(360_000, Math.ceil(known));
  const ends = await Promise.all(transcripts.map(async (path) => endOf((await pack.text(path)) ?? '')));
  const end = Math.max(0, ...ends);
  return end > 0 ? Math.min(360_000, Math.ceil(end)) : undefined;
}

/** Seconds until the last caption of an SRT file ends. */
function endOf(srt: string): number {
  const ends = [...srt.matchAll(/-->\s*(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3})/g)].map(([, h, m, s, ms]) => Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000);
  return Math.max(0, ...ends.slice(-100));
}

function listed(json: string | undefined): string[] {
  return [...(json ?? '').matchAll(/"([^"]+)"/g)].map(([, address]) => address!);
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]]/g, '\\$&');
}

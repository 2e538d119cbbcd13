import type { LessonDraft } from '../../draft.ts';
import { asDestination } from '../markdown/destinations.ts';
import { type Pack, type Part, placeOf, titleOf } from './pack.ts';
import type { References } from './references.ts';
import { captionsOf, endOf, type Transcript, transcriptsOf } from './transcripts.ts';
import { descendantsOf } from './xml.ts';

/** A film as a lesson shows it, or as a link where that cannot be; beside it what hangs on it. */
export interface ReadVideo {
  film: { video: NonNullable<LessonDraft['video']>; durationSeconds: number | undefined } | undefined;
  /** Markdown that leads to the film. */
  link: () => string;
  /** Gives a film of the package its captions, and Markdown that leads to what else hangs on it. */
  besideFilm: () => string;
  /** Markdown that leads to transcripts and handouts of a film that is a link. */
  besideLink: () => string;
}

/** Reads a video: at YouTube, or a file of the package. Its length is what the package says, or when its last caption ends. */
export async function readVideo(part: Part, pack: Pack, references: References): Promise<ReadVideo> {
  const { attributes } = part.node;
  const title = titleOf(part) ?? 'Film';
  const externalId = [attributes.youtube_id_1_0, attributes.youtube?.split(/[:,]/).at(-1)].find((id) => /^[\w-]{11}$/.test(id ?? ''));
  const addresses = [
    ...descendantsOf(part.node)
      .filter((node) => node.name === 'source')
      .map((node) => node.attributes.src ?? ''),
    ...listed(attributes.html5_sources),
  ];
  const path = addresses
    .map((address) => references.file(address) ?? references.fileNamed(address.split(/[?#]/)[0]!.split('/').at(-1)!))
    .find((found) => found !== undefined && /\.(mp4|webm)$/i.test(found));
  const transcripts = await transcriptsOf(part, pack, references);
  const seconds = lengthOf(part, transcripts);
  const address = externalId ? `https://www.youtube.com/watch?v=${externalId}` : addresses.find((found) => /^https?:/.test(found));
  const captions: Extract<NonNullable<LessonDraft['video']>, { provider: 'FILE' }>['captions'] = [];
  const beside = (given: readonly Transcript[]) => besideOf(part, title, given, references, pack);
  return {
    film:
      path !== undefined
        ? { video: { provider: 'FILE', path, poster: undefined, captions }, durationSeconds: seconds }
        : externalId && seconds !== undefined
          ? { video: { provider: 'YOUTUBE', externalId }, durationSeconds: seconds }
          : undefined,
    link: () =>
      path !== undefined
        ? `[${escaped(title)}](${references.take(path, 'attachment')})`
        : address
          ? `[${escaped(title)}](${asDestination(address)})`
          : '',
    besideFilm() {
      if (path === undefined) {
        for (const transcript of transcripts)
          pack.notes.changed.push({ path: transcript.path, what: 'captions cannot be laid over a film at YouTube: it is an attachment' });
        return beside(transcripts);
      }
      const made = captionsOf(transcripts, pack);
      captions.push(...made.captions);
      return beside(made.others);
    },
    besideLink: () => beside(transcripts),
  };
}

function besideOf(part: Part, title: string, transcripts: readonly Transcript[], references: References, pack: Pack): string {
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

function lengthOf(part: Part, transcripts: readonly Transcript[]): number | undefined {
  const said = descendantsOf(part.node).map((node) => (node.name === 'video_asset' ? Number(node.attributes.duration) : 0));
  const known = Math.max(0, ...said.filter(Number.isFinite));
  const seconds = known > 0 ? known : Math.max(0, ...transcripts.map(endOf));
  return seconds > 0 ? Math.min(360_000, Math.ceil(seconds)) : undefined;
}

function listed(json: string | undefined): string[] {
  return [...(json ?? '').matchAll(/"([^"]+)"/g)].map(([, address]) => address!);
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]]/g, '\\$&');
}

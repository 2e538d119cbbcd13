import { webvttIn } from '#features/media/index.server.ts';
import { type Pack, type Part, placeOf } from './pack.ts';
import type { References } from './references.ts';
import { descendantsOf } from './xml.ts';

/** The words of a film in one language, as SubRip or WebVTT. */
export interface Transcript {
  language: string;
  path: string;
  text: string;
}

/** Captions for the film of a lesson. */
interface MadeCaptions {
  language: string;
  path: string;
  /** WebVTT, whatever the file is written in. */
  text: string;
}

/** The transcripts that a video names, one for each language: in elements, in `transcripts`, or by the old name in `sub`. */
export async function transcriptsOf(part: Part, pack: Pack, references: References): Promise<Transcript[]> {
  const found = new Map<string, Transcript>();
  for (const { language, file } of namedIn(part)) {
    if (found.has(language)) continue;
    const path = references.fileNamed(file);
    const text = path === undefined ? undefined : await pack.text(path);
    if (path === undefined) pack.notes.changed.push({ path: placeOf(part), what: `the transcript ${file} is missing` });
    else if (text !== undefined) found.set(language, { language, path, text: /\.sjson$/i.test(path) ? subripOf(text) : plain(text) });
  }
  return [...found.values()];
}

function namedIn({ node }: Part): { language: string; file: string }[] {
  const elements = descendantsOf(node).filter(({ name, attributes }) => name === 'transcript' && attributes.src);
  const { transcripts = '', sub = '' } = node.attributes;
  const named = [...transcripts.matchAll(/"([\w-]+)"\s*:\s*"([^"]+)"/g)].map(([, language, file]) => ({
    language: language!,
    file: file!,
  }));
  const all = [
    ...elements.map(({ attributes }) => ({ language: attributes.language ?? 'en', file: attributes.src! })),
    ...named,
    ...(sub === '' ? [] : [{ language: 'en', file: `subs_${sub}.srt.sjson` }]),
  ];
  return all.map(({ language, file }) => ({ language: language.replaceAll('_', '-'), file: file.split('/').at(-1)! }));
}

/** What of a film's transcripts can be shown over it; the others are given to take along, and the report says why. */
export function captionsOf(transcripts: readonly Transcript[], pack: Pack): { captions: MadeCaptions[]; others: Transcript[] } {
  const captions: MadeCaptions[] = [];
  const others = transcripts.filter(({ language, path, text }) => {
    const isLanguage = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language);
    const track = isLanguage ? webvttIn(text) : { line: 0, problem: `“${language}” is no language` };
    if (typeof track === 'string') captions.push({ language, path, text: track });
    else {
      const where = track.line > 0 ? `line ${track.line}: ` : '';
      pack.notes.changed.push({ path, what: `no captions could be made of it (${where}${track.problem}): it is an attachment` });
    }
    return typeof track !== 'string';
  });
  return { captions, others };
}

/** Seconds until the last caption ends. */
export function endOf({ text }: Transcript): number {
  const ends = [...text.matchAll(/-->\s*(?:(\d{1,3}):)?(\d{2}):(\d{2})[,.](\d{1,3})/g)].map(
    ([, h = '0', m, s, ms]) => Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000,
  );
  return Math.max(0, ...ends.slice(-100));
}

/** The platform's own way of keeping captions, three lists in JSON, as SubRip. What cannot be read has no captions. */
function subripOf(json: string): string {
  let lists: { start?: unknown[]; end?: unknown[]; text?: unknown[] } | null;
  try {
    lists = JSON.parse(json);
  } catch {
    return '';
  }
  const { start, end, text } = lists ?? {};
  if (!Array.isArray(start) || !Array.isArray(end) || !Array.isArray(text)) return '';
  const cues = text.flatMap((words, index) => {
    const [from, to] = [Number(start[index]), Number(end[index])];
    const said =
      typeof words === 'string'
        ? plain(words)
            .replace(/\n{2,}/g, '\n')
            .trim()
        : '';
    return said !== '' && Number.isFinite(from) && to > from ? [`${clock(from)} --> ${clock(to)}\n${said}`] : [];
  });
  return cues.map((cue, index) => `${index + 1}\n${cue}\n`).join('\n');
}

function clock(milliseconds: number): string {
  const whole = Math.max(0, Math.round(milliseconds));
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)},${String(whole % 1000).padStart(3, '0')}`;
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

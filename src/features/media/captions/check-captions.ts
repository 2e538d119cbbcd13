/** What is wrong with a file of captions, and in which line. */
export interface CaptionsProblem {
  line: number;
  problem: string;
}

/** The most of everything that a player should be given. */
export const largestCaptionsBytes = 2 * 1024 * 1024;
const mostCues = 20_000;

const timing = /^[ \t]*(\S+)[ \t]+-->[ \t]+(\S+)(?:[ \t]+(.*))?$/;
const moment = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/;
const setting =
  /^(?:vertical:(?:rl|lr)|line:-?[\d.]+%?(?:,(?:start|center|end))?|position:[\d.]+%(?:,[\w-]+)?|size:[\d.]+%|align:(?:start|center|end|left|right)|region:\S+)$/;

/** Reads bytes as the text of captions: UTF-8, or the refusal. */
export function textOfCaptions(bytes: Uint8Array): string | CaptionsProblem {
  if (bytes.length > largestCaptionsBytes) return { line: 1, problem: 'the file has more than 2 MB' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return { line: lineOfBadByte(bytes), problem: 'the text is not UTF-8: save it as UTF-8' };
  }
}

function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const next = bytes.indexOf(10, start);
    const end = next < 0 ? bytes.length : next;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return line;
}

/** Milliseconds of a moment as WebVTT writes it; undefined when it is none. */
function millisecondsOf(words: string): number | undefined {
  const [, hours = '0', minutes, seconds, rest] = moment.exec(words) ?? [];
  if (minutes === undefined) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest);
}

/** Looks through WebVTT: its signature, and of each caption the times, their order and its words. Undefined when all is well. Source: W3C WebVTT. */
export function captionsProblem(text: string): CaptionsProblem | undefined {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) return { line: 1, problem: 'the file does not begin with WEBVTT' };
  let cues = 0;
  let before = 0;
  for (let index = 1; index < lines.length; index += 1) {
    const words = lines[index]!;
    if (!words.includes('-->')) continue;
    const line = index + 1;
    const cue = cueIn(words);
    if (typeof cue === 'string') return { line, problem: cue };
    if (cue.from < before) return { line, problem: 'this caption begins before the one above it' };
    if (!(lines[index + 1] ?? '').trim()) return { line, problem: 'this caption has no words' };
    before = cue.from;
    cues += 1;
    if (cues > mostCues) return { line, problem: `there are more than ${mostCues} captions` };
  }
  return cues > 0 ? undefined : { line: lines.length, problem: 'there is no caption in it' };
}

function cueIn(words: string): { from: number } | string {
  const [, begin = '', end = '', settings = ''] = timing.exec(words) ?? [];
  const [from, to] = [millisecondsOf(begin), millisecondsOf(end)];
  if (begin.startsWith('-') || end.startsWith('-')) return 'a time is negative';
  if (from === undefined || to === undefined) return 'a time is not written as 00:01:02.500';
  if (to <= from) return 'this caption ends before it begins';
  const unknown = settings.split(/[ \t]+/).find((word) => word !== '' && !setting.test(word));
  return unknown === undefined ? { from } : `“${unknown.slice(0, 40)}” says nothing about a caption’s place`;
}

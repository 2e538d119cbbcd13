import { type CaptionsProblem, captionsProblem } from './check-captions.ts';
import { fromSubrip, isSubrip } from './from-subrip.ts';

/** A text of captions, WebVTT or SubRip, as WebVTT that was looked through; or what is wrong, in the line of the text as it came. */
export function webvttIn(text: string): string | CaptionsProblem {
  const isForeign = isSubrip(text);
  const track = isForeign ? fromSubrip(text) : text;
  const found = captionsProblem(track);
  if (!found) return track;
  return { line: Math.max(1, isForeign ? found.line - 2 : found.line), problem: found.problem };
}

import { hash } from './seed.ts';

/** First letters of the first and last word of a name, at most two; "?" for a name without letters. */
export function initials(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  const first = words[0];
  if (!first) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase('en');
}

/** The three tones of a generated avatar as CSS colors; the hue comes from the name, the ink always reads on the ground. */
export function avatarFill(name: string): { ground: string; glow: string; ink: string } {
  const hue = (hash(name.trim().toLowerCase()) % 24) * 15;
  return { ground: `oklch(0.87 0.055 ${hue})`, glow: `oklch(0.81 0.085 ${hue + 28})`, ink: `oklch(0.34 0.085 ${hue})` };
}

/** The sizes of a picture that a person uploaded, as `srcset` wants them; undefined for any other picture. */
export function avatarSizes(src: string): string | undefined {
  const key = /^(\/files\/[0-9a-f]{2}\/[0-9a-f]{62})-256\.webp$/.exec(src)?.[1];
  return key && `${key}-96.webp 96w, ${src} 256w, ${key}.webp 512w`;
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type TrueTypeFont, trueTypeFont } from './true-type.ts';

/** The school's typefaces on paper. */
export interface Typefaces {
  serif: TrueTypeFont;
  italic: TrueTypeFont;
  sans: TrueTypeFont;
}

const latin = ['latin', 'latin-ext', 'vietnamese'];

let loaded: Promise<Typefaces> | undefined;

/** Reads the typefaces, once. */
export function typefaces(): Promise<Typefaces> {
  loaded ??= Promise.all([
    font('newsreader', latin, 'normal'),
    font('newsreader', latin, 'italic'),
    font('inter', [...latin, 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'], 'normal'),
  ]).then(([serif, italic, sans]) => ({ serif, italic, sans }));
  return loaded;
}

async function font(name: string, parts: readonly string[], style: string): Promise<TrueTypeFont> {
  const file = (part: string) =>
    fileURLToPath(import.meta.resolve(`@fontsource-variable/${name}/files/${name}-${part}-wght-${style}.woff2`));
  return trueTypeFont(await Promise.all(parts.map((part) => readFile(file(part)))));
}

/** The typeface that has a letter for every sign of a text, the wished one first; undefined when none has. */
export function typefaceFor(text: string, wished: TrueTypeFont, { sans }: Typefaces): TrueTypeFont | undefined {
  return [wished, sans].find((face) => face.knows(text));
}

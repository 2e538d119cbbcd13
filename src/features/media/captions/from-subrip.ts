const timing = /^(\d{1,2}):(\d{2}):(\d{2})[,.](\d{3})[ \t]*-->[ \t]*(\d{1,2}):(\d{2}):(\d{2})[,.](\d{3})(?:[ \t].*)?$/;

/** Whether a text is of the kind that SubRip files are: a number, and times with commas under it. */
export function isSubrip(text: string): boolean {
  const [first = '', second = ''] = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split('\n');
  return /^\d+[ \t]*$/.test(first) && timing.test(second.trimEnd());
}

/** SubRip as WebVTT, line for line, so that a problem is found in the line that it is in (two further down). Marks of fonts go; bold, italic and underline stay. */
export function fromSubrip(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const made = lines.map((line) => {
    const time = timing.exec(line.trimEnd());
    if (!time)
      return line
        .replaceAll('-->', '→')
        .replace(/<\/?(?!\/?[biu]>)[^>]*>/gi, '')
        .replace(/\{\\[^}]*\}/g, '');
    const [, h1, m1, s1, f1, h2, m2, s2, f2] = time as unknown as string[];
    return `${h1!.padStart(2, '0')}:${m1}:${s1}.${f1} --> ${h2!.padStart(2, '0')}:${m2}:${s2}.${f2}`;
  });
  return `WEBVTT\n\n${made.join('\n')}`;
}

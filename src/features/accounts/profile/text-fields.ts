import { z } from 'zod';

/** One line of text that may be left empty; null then. No control characters. */
export const optionalLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Use at most ${most} characters.`)
    .regex(/^\P{Cc}*$/u, 'Use one line of letters, numbers and signs.')
    .transform((text) => text || null);

/** A few paragraphs that may be left empty; null then. */
export const optionalText = (most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .max(most, `Use at most ${most.toLocaleString('en')} characters.`)
        .regex(/^(?:\P{Cc}|[\n\t])*$/u, 'There is a character in it that cannot be kept.'),
    )
    .transform((text) => text || null);

/** A list typed as one thing a line; empty lines and repetitions do not count. */
export const listField = (most: { lines: number; characters: number }) =>
  z
    .string()
    .max(20_000, 'That is too long.')
    .transform((text, check) => {
      const lines = [...new Set(text.split(/[\r\n]+/).map((line) => line.trim()))].filter(Boolean);
      const refuse = (message: string) => check.addIssue({ code: 'custom', message });
      if (lines.length > most.lines) refuse(`Use at most ${most.lines} lines.`);
      if (lines.some((line) => line.length > most.characters)) refuse(`Use at most ${most.characters} characters a line.`);
      if (lines.some((line) => /\p{Cc}/u.test(line))) refuse('There is a character in it that cannot be kept.');
      return lines;
    });

/** The marks of the values that a form was filled from. A form without marks compares with nothing, and writes what it says. */
export function marksIn(text: string): Record<string, string> {
  try {
    const marks: unknown = JSON.parse(text);
    return typeof marks === 'object' && marks !== null
      ? Object.fromEntries(Object.entries(marks).map(([name, mark]) => [name, String(mark)]))
      : {};
  } catch {
    return {};
  }
}

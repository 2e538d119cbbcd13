/** Does what is always done the same way with a text once, and remembers what came of the texts that were asked for last. */
export function remembering<Result>(most: number, make: (text: string) => Result): (text: string) => Result {
  const made = new Map<string, Result>();
  return (text) => {
    const result = made.has(text) ? made.get(text)! : make(text);
    // Whatever was asked for last stands last, and the first goes.
    made.delete(text);
    made.set(text, result);
    if (made.size > most) made.delete(made.keys().next().value!);
    return result;
  };
}

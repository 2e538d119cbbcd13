/**
 * What became of an event. `already`: it changed nothing, since what it says was known. `refused`: it does not match, and the school was told. `waits`: it speaks of a
 * payment that is not settled yet, and is followed once it is. `ignored`: it is nothing of the shop's.
 */
export type Applied = 'applied' | 'already' | 'refused' | 'waits' | 'ignored';

export interface Outcome {
  applied: Applied;
  /** Why it was refused, or what it waits for. */
  note?: string;
}

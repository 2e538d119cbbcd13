import type { Actor } from '#platform/context.ts';

/**
 * What a certificate is worth now. `revoked`: the school takes it back. `nameless`: its holder has closed their account, and the school no longer knows whose it was.
 * `replaced`: asked for by a paper of an earlier edition. `valid`: as it says.
 */
export type CertificateState = 'valid' | 'replaced' | 'nameless' | 'revoked';

/** What decides what a certificate is worth. */
export interface CertificateFacts {
  isRevoked: boolean;
  holderHasLeft: boolean;
  edition: number;
  /** The edition that a paper in somebody's hand says it is; null where nobody says. */
  editionInHand: number | null;
}

/** The truth of now about a certificate. */
export function certificateState(facts: CertificateFacts): CertificateState {
  if (facts.isRevoked) return 'revoked';
  if (facts.holderHasLeft) return 'nameless';
  return facts.editionInHand !== null && facts.editionInHand < facts.edition ? 'replaced' : 'valid';
}

/** What decides what somebody may do with a certificate. */
export interface CertificateRelation {
  actor: Actor;
  isOwn: boolean;
  /** May change the course, or runs the school. */
  isJudge: boolean;
  isRevoked: boolean;
  holderHasLeft: boolean;
}

/** Whether the actor may have it issued anew under their present name: its holder in person, while it holds. */
export function mayReissue({ actor, isOwn, isRevoked }: CertificateRelation): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator && isOwn && !isRevoked;
}

/** Whether the actor may revoke it: who may change the course, or runs the school; of their own nobody judges. */
export function mayRevoke({ actor, isOwn, isJudge, isRevoked }: CertificateRelation): boolean {
  return actor.kind === 'person' && isJudge && !isOwn && !isRevoked;
}

/** Whether the actor may restore it, by the same right. That of someone who has left says nothing any more, and stays as it is. */
export function mayRestore({ actor, isOwn, isJudge, isRevoked, holderHasLeft }: CertificateRelation): boolean {
  return actor.kind === 'person' && isJudge && !isOwn && isRevoked && !holderHasLeft;
}

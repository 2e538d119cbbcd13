import { describe, expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import type { SessionId, UserId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import {
  type CertificateFacts,
  type CertificateRelation,
  type CertificateState,
  certificateState,
  mayReissue,
  mayRestore,
  mayRevoke,
} from './policy.ts';

const facts: CertificateFacts = { isRevoked: false, holderHasLeft: false, edition: 2, editionInHand: null };

describe('what a certificate is worth', () => {
  test.each<[string, Partial<CertificateFacts>, CertificateState]>([
    ['holds', {}, 'valid'],
    ['holds for a paper of this edition', { editionInHand: 2 }, 'valid'],
    ['holds for a paper that claims a later edition, which says nothing', { editionInHand: 9 }, 'valid'],
    ['is replaced for a paper of an earlier edition', { editionInHand: 1 }, 'replaced'],
    ['is nobody’s once its holder has left, whichever paper asks', { holderHasLeft: true, editionInHand: 1 }, 'nameless'],
    ['is revoked before anything else', { isRevoked: true, holderHasLeft: true, editionInHand: 1 }, 'revoked'],
  ])('%s', (_, more, state) => {
    expect(certificateState({ ...facts, ...more })).toBe(state);
  });
});

const student = person('STUDENT');
const actedFor = {
  ...student,
  session: { id: 's' as SessionId, startedAt: new Date(0), impersonator: { id: 'a' as UserId, name: 'Admin' } },
};
const stranger: CertificateRelation = { actor: student, isOwn: false, isJudge: false, isRevoked: false, holderHasLeft: false };

describe('who may do what with a certificate', () => {
  test.each<[string, Partial<CertificateRelation>, string]>([
    ['a guest', { actor: guest }, ''],
    ['the program', { actor: system, isJudge: true }, ''],
    ['a stranger', {}, ''],
    ['its holder', { isOwn: true }, 'reissue'],
    ['its holder, once it is revoked', { isOwn: true, isRevoked: true }, ''],
    ['an admin who acts as its holder', { isOwn: true, actor: actedFor }, ''],
    ['a judge', { isJudge: true }, 'revoke'],
    ['a judge, once it is revoked', { isJudge: true, isRevoked: true }, 'restore'],
    ['a judge, once its holder has left', { isJudge: true, holderHasLeft: true }, 'revoke'],
    ['a judge, once it is revoked and its holder has left', { isJudge: true, isRevoked: true, holderHasLeft: true }, ''],
    ['a judge of their own', { isOwn: true, isJudge: true }, 'reissue'],
    ['a judge of their own, once it is revoked', { isOwn: true, isJudge: true, isRevoked: true }, ''],
  ])('%s', (_, more, deeds) => {
    const relation = { ...stranger, ...more };
    const may = { reissue: mayReissue(relation), revoke: mayRevoke(relation), restore: mayRestore(relation) };
    expect(
      Object.entries(may)
        .filter(([, isAllowed]) => isAllowed)
        .map(([deed]) => deed)
        .join(' '),
    ).toBe(deeds);
  });
});

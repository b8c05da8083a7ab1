import { MARK, reasonOfMark, type MarkReason } from '../protocol/tree-writer.ts';

const MASKED: Readonly<Record<MarkReason, string>> = {
  rule: 'Hidden from you by the site’s rules.',
  password: 'Hidden from you: a password.',
  card: 'Hidden from you: payment card details.',
  code: 'Hidden from you: a one-time code.',
  identity: 'Hidden from you: an identity or account number.',
  customer: 'Hidden from you by the customer.',
  submit: 'Hidden from you.',
  file: 'Hidden from you.',
};
const RESTRICTED: Readonly<Partial<Record<MarkReason, string>>> = {
  submit: 'Only the customer can submit a form.',
  file: 'Only the customer can choose a file.',
};

/** What the agent reads of a purple or a green box. @param mark `markWith` */
export function markWords(mark: number): string {
  const reason = reasonOfMark(mark);
  const isMasked = (mark & MARK.MASKED) !== 0;
  return isMasked ? MASKED[reason] : (RESTRICTED[reason] ?? 'Only the customer can use this.');
}

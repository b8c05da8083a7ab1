import { describe, expect, it } from 'vitest';
import { alternate } from './rounds.mjs';

describe('alternate', () => {
  it('gives everyone a turn in each round, in the opposite order the next time', async () => {
    const turns: string[] = [];
    const rounds = await alternate({
      rounds: 2,
      milliseconds: 60_000,
      subjects: ['page'],
      contestants: ['a', 'b'],
      async turn(_subject, who, round) {
        turns.push(`${round}${who}`);
      },
    });
    expect(rounds).toBe(2);
    expect(turns).toEqual(['0a', '0b', '1b', '1a']);
  });

  it('finishes the first round however little time there is, and begins no other', async () => {
    const turns: string[] = [];
    const rounds = await alternate({
      rounds: 5,
      milliseconds: 0,
      subjects: ['page', 'other'],
      contestants: ['a'],
      async turn(subject) {
        turns.push(subject);
      },
    });
    expect(rounds).toBe(1);
    expect(turns).toEqual(['page', 'other']);
  });
});

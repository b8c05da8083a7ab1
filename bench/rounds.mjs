/**
 * Alternates: in one round everyone has a turn at everything, the next round in the opposite order, so that whatever the
 * machine does meanwhile falls on all alike.
 * @template Subject
 * @param {object} plan
 * @param {number} plan.rounds at most
 * @param {number} plan.milliseconds no new round begins when it would end later than this
 * @param {readonly Subject[]} plan.subjects pages or kinds of changes
 * @param {readonly string[]} plan.contestants
 * @param {(subject: Subject, who: string, round: number) => Promise<void>} plan.turn
 * @returns {Promise<number>} rounds run
 */
export async function alternate({ rounds, milliseconds, subjects, contestants, turn }) {
  const from = performance.now();
  let roundTook = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    if (round > 0 && began - from + roundTook > milliseconds) return round;
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const subject of subjects) {
      for (const who of order) await turn(subject, who, round);
    }
    roundTook = performance.now() - began;
  }
  return rounds;
}

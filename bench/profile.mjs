/**
 * @typedef {object} Profile as CDP's Profiler gives it
 * @property {readonly { id: number, callFrame: { functionName: string, lineNumber: number } }[]} nodes
 * @property {readonly number[]} [samples]
 * @property {readonly number[]} [timeDeltas] microseconds
 */

/**
 * Self time by function, largest first.
 * @param {Profile} profile
 * @returns {{ name: string, milliseconds: number }[]}
 */
export function selfTimes(profile) {
  const names = new Map(
    profile.nodes.map(({ id, callFrame }) => [
      id,
      callFrame.functionName === '' ? `(anonymous):${callFrame.lineNumber + 1}` : callFrame.functionName,
    ]),
  );
  /** @type {Map<string, number>} */
  const times = new Map();
  (profile.samples ?? []).forEach((id, index) => {
    const name = names.get(id) ?? '?';
    // A delta says how long after the sample before this one was taken; what ran meanwhile is the earlier one.
    times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas?.[index + 1] ?? 0) / 1000);
  });
  return [...times]
    .map(([name, milliseconds]) => ({ name, milliseconds }))
    .filter(({ name }) => name !== '(idle)' && name !== '(root)')
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

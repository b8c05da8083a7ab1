/** A list that shows its options without being opened: a click chooses there, as the customer's would. */
export function isOpenList(list: HTMLSelectElement): boolean {
  return list.multiple || list.size > 1;
}

export interface HeldKeys {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * What a click on one of its options leaves chosen, by place in the list: it alone; with Control what was chosen and it,
 * or without it; with Shift all from the one that was clicked before.
 * @param from place of the option that was clicked before; `null`: none was
 */
export function chosenByClick(list: HTMLSelectElement, clicked: number, held: HeldKeys, from: number | null): number[] {
  if (!list.multiple) return [clicked];
  if (held.shiftKey) {
    const [first, last] = [Math.min(from ?? clicked, clicked), Math.max(from ?? clicked, clicked)];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }
  if (!held.ctrlKey && !held.metaKey) return [clicked];
  const chosen = Array.from(list.selectedOptions, (option) => option.index);
  return chosen.includes(clicked) ? chosen.filter((index) => index !== clicked) : [...chosen, clicked];
}

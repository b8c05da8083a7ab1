/** Makes a minus button, a number and a plus button work together. Answers with a function that reads the number. */
export function watchStepper(stepper: HTMLElement, max: number, changed?: (quantity: number) => void): () => number {
  const input = stepper.querySelector('input');
  const [less, more] = stepper.querySelectorAll('button');
  if (!input || !less || !more) throw new Error('A stepper needs a number between two buttons.');

  const read = (): number => Math.min(max, Math.max(1, Math.round(input.valueAsNumber || 1)));
  const show = (quantity: number): void => {
    input.value = String(quantity);
    less.disabled = quantity <= 1;
    more.disabled = quantity >= max;
  };
  const set = (quantity: number): void => {
    show(quantity);
    changed?.(quantity);
  };
  less.addEventListener('click', () => set(read() - 1));
  more.addEventListener('click', () => set(read() + 1));
  input.addEventListener('change', () => set(read()));
  show(read());
  return read;
}

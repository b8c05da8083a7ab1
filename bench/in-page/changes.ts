/** What pages do to themselves while they are watched, each in steps with a frame between them, as life is. */
export const CHANGES = {
  texts: {
    count: 10_000,
    run: (step) => eachItem(step, (span, index) => ((span.firstChild as Text).data = `text ${index}`)),
  },
  attributes: {
    count: 10_000,
    run: (step) => eachItem(step, (span, index) => span.setAttribute('data-state', `state-${index % 7}`)),
  },
  styles: {
    count: 10_000,
    run: (step) => eachItem(step, (span, index) => (span.style.color = `rgb(${index % 255}, 0, ${step})`)),
  },
  'rows added': { count: 5_000, run: addRows },
  'rows removed': { count: 5_000, prepare: () => steps(addRows), run: removeRows },
  'rows reordered': { count: 2_000, prepare: () => steps(addRows), run: reorderRows },
} as const satisfies Record<string, Change>;

export type ChangeName = keyof typeof CHANGES;

interface Change {
  readonly count: number;
  /** Brings the page to where the change starts, before anybody records. */
  readonly prepare?: () => void;
  readonly run: (step: number) => void;
}

export const STEPS = 20;

export function steps(run: (step: number) => void): void {
  for (let step = 0; step < STEPS; step += 1) run(step);
}

let spans: NodeListOf<HTMLElement> | null = null;

function eachItem(step: number, change: (span: HTMLElement, index: number) => void): void {
  // Found once: looking for them in each step would cost more than changing them.
  spans ??= document.querySelectorAll<HTMLElement>('#items > .item > span');
  const share = spans.length / STEPS;
  for (let index = step * share; index < (step + 1) * share; index += 1) change(spans[index] as HTMLElement, index);
}

function rows(): HTMLElement {
  return document.getElementById('rows') as HTMLElement;
}

function addRows(step: number): void {
  const body = rows();
  for (let count = 0; count < 5_000 / STEPS; count += 1) {
    const row = document.createElement('tr');
    row.className = count % 2 === 0 ? 'even' : 'odd';
    for (const text of [String(step * 250 + count), 'A customer', '12.50', 'open']) {
      const cell = document.createElement('td');
      cell.textContent = text;
      row.append(cell);
    }
    body.append(row);
  }
}

/** Every other row from the top while there are so many, so that gaps appear as they do when a filter is typed. */
function removeRows(step: number): void {
  const body = rows();
  if (step === STEPS - 1) {
    body.replaceChildren();
    return;
  }
  const all = [...body.children];
  for (let index = 0; index < 5_000 / STEPS; index += 1) all[index * 2 < all.length ? index * 2 : 0]?.remove();
}

/** Rows from the end go to the front, one by one, as sorting by a column does. */
function reorderRows(): void {
  const body = rows();
  for (let count = 0; count < 2_000 / STEPS; count += 1) {
    const row = body.children[4_999 - count * 7];
    if (row) body.insertBefore(row, body.firstChild);
  }
}

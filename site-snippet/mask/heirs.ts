import {
  attributeOf,
  findAll,
  isElement,
  isShown,
  nameOf,
  outerOf,
  parentOf,
  previousOf,
  shadowOf,
} from '../native.ts';
import type { Follow } from './judge.ts';

/**
 * What comes in the place of something the customer has hidden: pages render a part anew, and what it says then is what
 * was to be hidden. As long as the element is there nothing else is; when it has gone, whatever new stands where it
 * stood is. Nothing is kept of what has gone but where it was.
 */
export function heirsOf(element: Element): Follow {
  const path = pathOf(element);
  const neighbours = new WeakSet(standingThere());
  let until = Infinity;

  /** In the nearest of what was around it that is still there. */
  function standingThere(): Node[] {
    const around = path.findIndex((step, at) => at > 0 && isThere(step));
    let places = path.slice(around, around + 1).flatMap(({ node }) => node.deref() ?? []);
    for (const step of path.slice(0, Math.max(around, 0)).reverse())
      places = places.flatMap((place) => [...below(place, around === 1 ? step.kind : step.place)]);
    return places;
  }

  return (hide) => {
    if (isThere(path[0] as Step)) return false;
    const heirs = standingThere().filter((node) => isElement(node) && !neighbours.has(node)) as Element[];
    for (const heir of heirs) hide(heir, heirsOf);
    if (heirs.length > 0) until = Math.min(until, performance.now() + IN_PARTS_MS);
    return performance.now() > until;
  };
}

/** Long lists are rendered a part at a time: what was hidden may be in the last. */
const IN_PARTS_MS = 3_000;

interface Step {
  readonly node: WeakRef<Node>;
  /** Selectors of its like, and of its like at its place; `null`: it is what a component or a frame has inside. */
  readonly kind: string | null;
  readonly place: string | null;
}

function isThere({ node }: Step): boolean {
  const there = node.deref();
  return there !== undefined && isShown(there);
}

/** From the inside out. */
function pathOf(element: Element): Step[] {
  const path: Step[] = [];
  for (let node: Node | null = element; node !== null; node = parentOf(node) ?? outerOf(node))
    path.push(isElement(node) ? stepOf(node) : { node: new WeakRef(node), kind: null, place: null });
  return path;
}

/** Classes say what an element is; of one that has none, only its place does. One in common will do: others are states. */
function stepOf(element: Element): Step {
  const node = new WeakRef(element);
  const tag = CSS.escape(nameOf(element));
  const classes = (attributeOf(element, 'class') ?? '').split(/\s+/u).filter((name) => name !== '');
  if (classes.length > 0) {
    const kind = `${tag}:is(${classes.map((name) => `.${CSS.escape(name)}`).join(',')})`;
    return { node, kind, place: kind };
  }
  let count = 1;
  for (let before = previousOf(element); before !== null; before = previousOf(before))
    if (isElement(before) && nameOf(before) === nameOf(element)) count += 1;
  return { node, kind: tag, place: `${tag}:nth-of-type(${count})` };
}

function below(place: Node, selector: string | null): Iterable<Node> {
  if (selector !== null) return [...findAll(place, selector)].filter((node) => parentOf(node) === place);
  const inner = shadowOf(place as Element) ?? (place as Partial<HTMLIFrameElement>).contentDocument;
  return inner ? [inner] : [];
}

import { SAID_PREFIX } from '../../protocol/shapes.ts';
import { matches } from '../native.ts';
import type { TellBeside } from './beside.ts';
import type { NodeNumbers } from './node-numbers.ts';

/** States that custom elements give themselves (`ElementInternals.states`), as far as style sheets ask for them. */
export interface CustomStates {
  /** A sheet says so: nobody can be asked which states an element has, only whether it has this one. */
  learn(css: string): void;
  /** A custom element got its number. */
  see(element: Element): void;
  /** No event tells of them. */
  look(): void;
}

const ASKED = /:state\(\s*([\w-]{1,50})\s*\)/giu;
const MAX_NAMES = 50;
/** Pages of web components have thousands. */
const ELEMENTS_PER_LOOK = 500;

export function createCustomStates(numbers: NodeNumbers, tell: TellBeside): CustomStates {
  const names = new Set<string>();
  const elements = new Set<Element>();
  const inSome = new Set<Element>();
  let any = '';
  let ahead = elements.values();

  function lookAt(element: Element): void {
    const now = matches(element, any) ? [...names].filter((name) => matches(element, `:state(${name})`)) : [];
    if (now.length > 0) inSome.add(element);
    else if (!inSome.delete(element)) return;
    tell(`${SAID_PREFIX}states`, element, now.length > 0 ? now.join(' ') : null);
  }

  return {
    learn(css) {
      if (!css.includes(':state(') || !CSS.supports('selector(:state(x))')) return;
      for (const [, name] of css.matchAll(ASKED)) if (names.size < MAX_NAMES) names.add(name as string);
      any = [...names].map((name) => `:state(${name})`).join();
    },
    see: (element) => void elements.add(element),
    look() {
      if (any === '') return;
      for (let count = Math.min(ELEMENTS_PER_LOOK, elements.size); count > 0; count -= 1) {
        let next = ahead.next();
        if (next.done) {
          ahead = elements.values();
          next = ahead.next();
        }
        if (next.done) return;
        if (numbers.of(next.value) === 0) elements.delete(next.value);
        else lookAt(next.value);
      }
    },
  };
}

import { likelySecret, NAMES } from '../../../protocol/likely-secret.ts';
import { HARMLESS_AUTOFILL, secretIn, type Secret } from '../../../protocol/secret-words.ts';
import { attributeOf, documentOf, findAll, isElement, matches, nameOf, outerOf, rootOf, viewOf } from '../../native.ts';
import type { Field } from '../judge.ts';
import { createAround } from './around.ts';
import { A_FIELD, FORM_FIELD } from './field-selector.ts';
import { createLabels, textsOf } from './labels.ts';

export interface Guesser {
  /** What the field looks like, or an element of the page's own kind. */
  likely(field: Element): Secret | null;
  /** The page has changed: labels may say something else. */
  forget(): void;
}

export function createGuesser(): Guesser {
  let labels = createLabels();
  let around = createAround(labels);
  let components = new WeakMap<Node, Element | null>();
  let singles = new WeakMap<Node, Element | null>();
  const dotted = new WeakSet<Element>();

  /** Shown as dots by a style sheet: a password that the browser is not to keep. Shown for a moment, it stays one. */
  function isDotted(field: Field): boolean {
    if (dotted.has(field)) return true;
    if (nameOf(field) === 'select') return false;
    const style = viewOf(documentOf(field))?.getComputedStyle(field);
    const isIt = !/^(?:none)?$/u.test(style?.getPropertyValue('-webkit-text-security') ?? '');
    if (isIt) dotted.add(field);
    return isIt;
  }

  function labelsOf(field: Element): string[] {
    const host = componentOf(rootOf(field));
    return [...labels.of(field), ...around.of(field), ...(host === null ? [] : saidOf(host))];
  }

  /** The component whose only field this root has: people label that, and know nothing of the field. */
  function componentOf(root: Node): Element | null {
    let host = components.get(root);
    if (host === undefined) {
      host = hostOfRoot(root);
      if (host !== null && (findAll(root, FORM_FIELD).length || findAll(root, A_FIELD).length) !== 1) host = null;
      components.set(root, host);
    }
    return host;
  }

  /** What is said of a component, and of one that has nothing but it. */
  function saidOf(host: Element): string[] {
    const root = rootOf(host);
    const own = [
      ...SAID_BY_HOSTS.flatMap((name) => attributeOf(host, name) ?? []),
      ...labels.of(host),
      ...around.cellNames(host),
    ];
    const outer = hostOfRoot(root);
    return outer !== null && singleIn(root) === host ? [...own, ...saidOf(outer)] : own;
  }

  /** What has nothing beside it in its root, asked once for the many that have. */
  function singleIn(root: Node): Element | null {
    let single = singles.get(root);
    if (single === undefined) {
      const [first = null, second] = findAll(root, OF_SUBSTANCE);
      single = second ? null : first;
      singles.set(root, single);
    }
    return single;
  }

  /** A word of the standard's on the component, which says that there is nothing to hide. */
  function isHarmlessComponent(field: Element): boolean {
    const host = componentOf(rootOf(field));
    return host !== null && isHarmless(host);
  }

  /** What its field will be judged by when it has one, and its kind: `x-password`. */
  function likelyCustom(element: Element): Secret | null {
    if (isHarmless(element)) return null;
    const slotted = [...findAll(element, '[slot=label]')].flatMap(textsOf);
    return secretIn([...saidOf(element), ...labelsOf(element), ...slotted, nameOf(element)]);
  }

  function likelyField(field: Field): Secret | null {
    const secret = isHarmlessComponent(field) ? null : likelySecret(field, labelsOf);
    return secret ?? (isDotted(field) ? 'password' : null);
  }

  return {
    likely(element) {
      if (matches(element, A_FIELD)) return likelyField(element as Field);
      return nameOf(element).includes('-') ? likelyCustom(element) : null;
    },
    forget() {
      labels = createLabels();
      around = createAround(labels);
      components = new WeakMap();
      singles = new WeakMap();
    },
  };
}

const SAID_BY_HOSTS = [...NAMES, 'type', 'label'];
const OF_SUBSTANCE = ':not(style,link,script,label,slot)';

function isHarmless(element: Element): boolean {
  return HARMLESS_AUTOFILL.test(attributeOf(element, 'autocomplete')?.trim() ?? '');
}

function hostOfRoot(root: Node): Element | null {
  return !isElement(root) && 'host' in root ? outerOf(root) : null;
}

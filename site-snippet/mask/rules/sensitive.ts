import { likelySecret } from '../../../protocol/likely-secret.ts';
import { HARMLESS_AUTOFILL, secretIn, type Secret } from '../../../protocol/secret-words.ts';
import {
  attributeOf,
  byId,
  contentOf,
  documentOf,
  findAll,
  isElement,
  nameOf,
  outerOf,
  rootOf,
  viewOf,
} from '../../native.ts';
import type { Field } from '../judge.ts';

export interface Guesser {
  /** What the field looks like, or an element of the page's own kind. */
  likely(field: Element): Secret | null;
  /** The page has changed: labels may say something else. */
  forget(): void;
}

export function createGuesser(): Guesser {
  /** What labels say, by the field they name, for each document and shadow root looked into since `forget`. */
  let labels = new WeakMap<Node, Map<Element, string[]>>();
  let components = new WeakMap<Node, Element | null>();
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
    const root = rootOf(field);
    const host = componentOf(root);
    return [...labelsIn(root, field), ...(host === null ? [] : saidOf(host))];
  }

  /** What stands in its own document or shadow root. */
  function labelsIn(root: Node, labelled: Element): string[] {
    let byField = labels.get(root);
    if (!byField) {
      byField = readLabels(root);
      labels.set(root, byField);
    }
    const { ariaLabelledByElements } = labelled as { ariaLabelledByElements?: Element[] | null };
    const ids = attributeOf(labelled, 'aria-labelledby')?.split(/\s+/u) ?? [];
    const named = [...(ariaLabelledByElements ?? []), ...ids.map((id) => (id === '' ? null : byId(root, id)))];
    return [...(byField.get(labelled) ?? []), ...named.flatMap((label) => (label ? textsOf(label) : []))];
  }

  /** The component whose only field this root has: people label that, and know nothing of the field. */
  function componentOf(root: Node): Element | null {
    let host = components.get(root);
    if (host === undefined) {
      host = hostOfRoot(root);
      if (host !== null && findAll(root, A_FIELD).length !== 1) host = null;
      components.set(root, host);
    }
    return host;
  }

  /** What is said of a component, and of one that has nothing but it. */
  function saidOf(host: Element): string[] {
    const root = rootOf(host);
    const own = [...SAID_BY_HOSTS.flatMap((name) => attributeOf(host, name) ?? []), ...labelsIn(root, host)];
    const outer = hostOfRoot(root);
    const isAlone = outer !== null && [...findAll(root, OF_SUBSTANCE)].every((one) => one === host);
    return isAlone ? [...own, ...saidOf(outer)] : own;
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
    likely: (field) => (nameOf(field).includes('-') ? likelyCustom(field) : likelyField(field as Field)),
    forget() {
      labels = new WeakMap();
      components = new WeakMap();
    },
  };
}

const SAID_BY_HOSTS = ['name', 'id', 'type', 'autocomplete', 'aria-label', 'label', 'placeholder', 'title'];
const UNTYPED = 'hidden checkbox radio button submit reset file range color image'
  .split(' ')
  .map((type) => `[type=${type} i]`)
  .join();
const A_FIELD = `input:not(${UNTYPED}),textarea,select`;
const OF_SUBSTANCE = ':not(style,link,script,label,slot)';

function isHarmless(element: Element): boolean {
  return HARMLESS_AUTOFILL.test(attributeOf(element, 'autocomplete')?.trim() ?? '');
}

function hostOfRoot(root: Node): Element | null {
  return !isElement(root) && 'host' in root ? outerOf(root) : null;
}

/** All labels at once: `field.labels` walks through the whole document, for every field again. */
function readLabels(root: Node): Map<Element, string[]> {
  const texts = new Map<Element, string[]>();
  for (const label of findAll(root, 'label')) {
    const { control } = label as HTMLLabelElement;
    if (control === null) continue;
    const known = texts.get(control);
    if (known) known.push(...textsOf(label));
    else texts.set(control, textsOf(label));
  }
  return texts;
}

/** What is read out for a label: its text, what stands in its slots, its own name, its pictures'. Each is judged by itself. */
function textsOf(label: Element): string[] {
  const slots = [...findAll(label, 'slot')] as HTMLSlotElement[];
  const nodes = [label, ...slots.flatMap((slot) => slot.assignedNodes({ flatten: true }))];
  const pictures = [...findAll(label, 'img[alt]')].map((picture) => attributeOf(picture, 'alt'));
  return [...nodes.map(contentOf), attributeOf(label, 'aria-label'), ...pictures].flatMap((text) => text ?? []);
}

import { likelySecret } from '../../../protocol/likely-secret.ts';
import type { Secret } from '../../../protocol/secret-words.ts';
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
  /** What the field looks like. */
  likely(field: Field): Secret | null;
  /** The page has changed: labels may say something else. */
  forget(): void;
}

export function createGuesser(): Guesser {
  /** What labels say, by the field they name, for each document and shadow root looked into since `forget`. */
  let labels = new WeakMap<Node, Map<Element, string[]>>();
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
    const texts = [...(labelsIn(root).get(field) ?? []), ...aroundShadow(field, root)];
    const { ariaLabelledByElements } = field as { ariaLabelledByElements?: Element[] | null };
    const ids = attributeOf(field, 'aria-labelledby')?.split(/\s+/u) ?? [];
    const named = [...(ariaLabelledByElements ?? []), ...ids.map((id) => (id === '' ? null : byId(root, id)))];
    return [...texts, ...named.flatMap((label) => label ?? []).map(textOf)];
  }

  function labelsIn(root: Node): Map<Element, string[]> {
    let byField = labels.get(root);
    if (!byField) {
      byField = readLabels(root);
      labels.set(root, byField);
    }
    return byField;
  }

  /** The only field of a component goes by what its host is called: people label the host. */
  function aroundShadow(inside: Element, root: Node): string[] {
    const host = isElement(root) ? null : outerOf(root);
    if (host === null || !('host' in root) || findAll(root, ONE_FIELD).length > 1) return [];
    const said = SAID_BY_HOSTS.flatMap((name) => attributeOf(host, name) ?? []);
    return [...said, ...labelsOf(host)];
  }

  return {
    likely: (field) => likelySecret(field, labelsOf) ?? (isDotted(field) ? 'password' : null),
    forget() {
      labels = new WeakMap();
    },
  };
}

const ONE_FIELD = 'input,textarea,select';
const SAID_BY_HOSTS = ['name', 'id', 'type', 'autocomplete', 'aria-label', 'label', 'placeholder', 'title'];

/** All labels at once: `field.labels` walks through the whole document, for every field again. */
function readLabels(root: Node): Map<Element, string[]> {
  const texts = new Map<Element, string[]>();
  for (const label of findAll(root, 'label')) {
    const { control } = label as HTMLLabelElement;
    if (control === null) continue;
    const known = texts.get(control);
    if (known) known.push(textOf(label));
    else texts.set(control, [textOf(label)]);
  }
  return texts;
}

/** What is read out for a label: its text, with what stands in its slots, its own name, and its pictures'. */
function textOf(label: Element): string {
  const slots = [...findAll(label, 'slot')] as HTMLSlotElement[];
  const nodes = [label, ...slots.flatMap((slot) => slot.assignedNodes({ flatten: true }))];
  const pictures = [...findAll(label, 'img[alt]')].map((picture) => attributeOf(picture, 'alt'));
  return [attributeOf(label, 'aria-label'), ...pictures, ...nodes.map(contentOf)].join(' ');
}

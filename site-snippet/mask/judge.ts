import { hostOf, parentOf } from '../native.ts';

/**
 * What an agent may see of an element. The stricter wins along the way up the tree, and whatever cannot be judged is
 * masked.
 */
export type Treatment = 'clear' | 'mask';

export interface Judge {
  /** The element's own reasons, its parents aside. */
  own(element: Element): Treatment;
  /** With its parents', up to the document and through shadow roots. Parents are judged once until `forget`. */
  of(node: Node | null): Treatment;
  forget(): void;
}

/** Fields that hold secrets by what they are for (HTML standard, "autofill"). */
const SECRET_AUTOFILL =
  /(?:^|\s)(?:current-password|new-password|one-time-code|cc-number|cc-csc|cc-exp(?:-month|-year)?)(?:\s|$)/iu;

const JUDGED_TAGS = new Set(['input', 'textarea', 'select', 'button']);

/** Whether an element of this tag and these attributes can have a reason of its own to be masked or restricted. */
export function mayBeJudged(tag: string, attributes: readonly string[]): boolean {
  return (
    JUDGED_TAGS.has(tag) || attributes.includes('data-alongside') || (tag.includes('-') && attributes.includes('type'))
  );
}

export function createJudge(): Judge {
  /** A password stays one when the page flips its type to text. */
  const oncePasswords = new WeakSet<Element>();
  /** What has been found out about parents while the tree stands still. */
  const judged = new Map<Node, Treatment>();

  function own(element: Element): Treatment {
    try {
      const tag = element.localName;
      if (tag === 'input' && isSecretInput(element as HTMLInputElement)) return 'mask';
      if (tag === 'textarea' || tag === 'select') {
        if (SECRET_AUTOFILL.test(element.getAttribute('autocomplete') ?? '')) return 'mask';
      }
      const attribute = element.getAttribute('data-alongside');
      return attribute === null || !/\b(?:mask|hide)\b/u.test(attribute) ? 'clear' : 'mask';
    } catch {
      return 'mask';
    }
  }

  function isSecretInput(input: HTMLInputElement): boolean {
    if (oncePasswords.has(input)) return true;
    if (input.type === 'password' || input.type === 'hidden') {
      if (input.type === 'password') oncePasswords.add(input);
      return true;
    }
    return SECRET_AUTOFILL.test(input.getAttribute('autocomplete') ?? '');
  }

  function of(node: Node | null): Treatment {
    if (node === null) return 'clear';
    if (node.nodeType === Node.ELEMENT_NODE && own(node as Element) === 'mask') return 'mask';
    const parent = parentOf(node) ?? (node instanceof ShadowRoot ? hostOf(node) : null);
    if (parent === null) return 'clear';
    const known = judged.get(parent);
    if (known !== undefined) return known;
    const treatment = of(parent);
    // Leaves are asked about once; their parents again and again.
    judged.set(parent, treatment);
    return treatment;
  }

  return {
    own,
    of,
    forget: () => judged.clear(),
  };
}

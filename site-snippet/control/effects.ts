import { attributeOf, findAll, isElement, matches, nameOf, rootOf } from '../native.ts';
import { isNamed, pathOf } from './path.ts';
import { radioGroup } from './perform/radio-group.ts';

/** Enter in a single-line field submits its form; in a web component's field, by the component's script. */
export function submitsByEnter(element: Element): boolean {
  if (isNamed(element, 'textarea')) return false;
  const path = pathOf(element);
  if (isNamed(element, 'input')) return element.form !== null || path.some((passed) => isNamed(passed, 'form'));
  const form = path.findIndex((passed) => isNamed(passed, 'form'));
  return form > 0 && path.slice(0, form).some((passed) => nameOf(passed).includes('-'));
}

/** Then Enter takes what is chosen there, and the page keeps it to itself. */
export function hasOpenList(element: Element): boolean {
  return attributeOf(element, 'aria-expanded') === 'true' || Boolean(attributeOf(element, 'aria-activedescendant'));
}

/** The first element whose `accesskey` names the key. */
export function accessedBy(document: Document, key: string): HTMLElement | null {
  const named = [...document.querySelectorAll<HTMLElement>('[accesskey]')];
  return (
    named.find((element) =>
      (attributeOf(element, 'accesskey') ?? '').toLowerCase().split(/\s+/u).includes(key.toLowerCase()),
    ) ?? null
  );
}

/** The form that it empties, when it is pressed. */
export function resetBy(element: Element): Element | null {
  const isReset = (isNamed(element, 'button') || isNamed(element, 'input')) && element.type === 'reset';
  return isReset ? element.form : null;
}

/** The fields of a form that hold something else than they would after a reset. */
export function editedIn(form: Element): Element[] {
  return [...findAll(rootOf(form), 'input,textarea,select')].filter(
    (field) => (field as HTMLInputElement).form === form && isEdited(field),
  );
}

function isEdited(field: Element): boolean {
  if (isNamed(field, 'select')) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  const { value, defaultValue, checked, defaultChecked } = field as HTMLInputElement;
  return value !== defaultValue || checked !== defaultChecked;
}

/** What else an element acts on when it is activated. */
export function targetsOf(element: Element): Element[] {
  if (isNamed(element, 'label')) return element.control ? [element.control, ...targetsOf(element.control)] : [];
  // What is chosen in the group is not chosen any more.
  if (isNamed(element, 'input') && element.type === 'radio')
    return radioGroup(element).filter((radio) => matches(radio, ':checked:enabled'));
  if (!isNamed(element, 'button') && !isNamed(element, 'input')) return [];
  const { popoverTargetElement, commandForElement } = element as HTMLButtonElement & {
    commandForElement?: Element | null;
  };
  return [popoverTargetElement, commandForElement].filter(isElement);
}

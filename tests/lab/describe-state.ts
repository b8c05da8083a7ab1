/** Styles that stories of sheets give their elements. */
const STYLES = ['color', '--p', '--q'];

/** What of an element only the browser knows: states, scroll positions, and what some of its styles have come to. */
export function describeState(element: Element): string {
  const told: string[] = [];
  if (element.matches('dialog:modal')) told.push('modal');
  if (element.matches(':popover-open')) told.push('popover-open');
  if (element.matches('details[open], dialog[open]')) told.push('open');
  if (element.matches(':indeterminate:not(progress)')) told.push('indeterminate');
  if (isFocused(element)) told.push('focus');
  if (element.scrollTop > 0 && element.parentElement?.parentElement)
    told.push(`scroll ${Math.round(element.scrollTop)}`);
  if (element.localName === 'slot' && 'assignedElements' in element)
    told.push(
      (element as HTMLSlotElement)
        .assignedElements()
        .flatMap(({ id }) => id || [])
        .join(),
    );
  const style = element.ownerDocument.defaultView?.getComputedStyle(element);
  if (element.localName === 'select')
    told.push(Array.from((element as HTMLSelectElement).selectedOptions, ({ index }) => index).join());
  // Of a list that has the focus, options have other colors.
  if (element.localName === 'option') return '';
  return ` ${told.join(' ')} ${STYLES.map((name) => style?.getPropertyValue(name)).join('|')}`;
}

/** In the mirror, by what is said there; nothing has the browser's focus in it. */
function isFocused(element: Element): boolean {
  if (element.hasAttribute('data-alongside-focus')) return true;
  const root = element.getRootNode() as Document | ShadowRoot;
  if (root.activeElement !== element || element.shadowRoot?.activeElement) return false;
  return !['body', 'html', 'iframe'].includes(element.localName);
}

/** What stands in the mirror for an element that must not be seen: its place and its size, and nothing else. */
export const BOX_TAG = 'alongside-hidden';
export const BOX_ATTRIBUTES: readonly string[] = ['style'];

/** What decides where a box stands among others, and how they flow around it. */
const LAYOUT = [
  'position',
  'float',
  'clear',
  'top',
  'right',
  'bottom',
  'left',
  'margin-top',
  'margin-right',
  'margin-bottom',
  'margin-left',
  'flex-grow',
  'flex-shrink',
  'flex-basis',
  'align-self',
  'justify-self',
  'order',
  'vertical-align',
  'z-index',
] as const;
/** What a box that is no block of its own is in the flow of a line. */
const INLINE = /^(?:inline|contents|ruby)/u;

export function boxStyle(element: Element): string {
  const computed = getComputedStyle(element);
  if (computed.display === 'none') return 'display:none';
  const { width, height } = sizeOf(element);
  const display = INLINE.test(computed.display) ? 'inline-block' : computed.display;
  const layout = LAYOUT.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(';');
  return `${layout};display:${display};box-sizing:border-box;width:${width}px;height:${height}px`;
}

/** Before any transform, as layout has it. */
function sizeOf(element: Element): { readonly width: number; readonly height: number } {
  if ('offsetWidth' in element && (element as HTMLElement).offsetWidth > 0) {
    const { offsetWidth, offsetHeight } = element as HTMLElement;
    return { width: offsetWidth, height: offsetHeight };
  }
  const { width, height } = element.getBoundingClientRect();
  return { width: Math.round(width), height: Math.round(height) };
}

import type { Page } from 'playwright-core';

/** The picker's closed shadow root, which no page can look into; the browser's own tools can. */
export interface PickerPart {
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** In the middle, in CSS pixels. */
  centre(): Promise<{ x: number; y: number }>;
}

interface TreeNode {
  readonly nodeId: number;
  readonly nodeName: string;
  readonly nodeValue: string;
  readonly attributes?: string[];
  readonly children?: TreeNode[];
  readonly shadowRoots?: TreeNode[];
  readonly contentDocument?: TreeNode;
}

/** Everything in the picker's layer, or nothing when the page has no picker. */
export async function pickerParts(page: Page): Promise<PickerPart[]> {
  const tools = await page.context().newCDPSession(page);
  const { root } = await tools.send('DOM.getDocument', { depth: -1, pierce: true });
  const host = nodesOf(root as TreeNode).find(({ nodeName }) => nodeName === 'ALONGSIDE-PICKER');
  return nodesOf(host?.shadowRoots?.[0]).map((node) => ({
    text: textOf(node),
    attributes: attributesOf(node),
    async centre() {
      const { model } = await tools.send('DOM.getBoxModel', { nodeId: node.nodeId });
      const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    },
  }));
}

/** What the preview hides, restricts and boxes at the moment. */
export async function previewBoxes(page: Page): Promise<string[]> {
  const parts = await pickerParts(page);
  return parts
    .filter(({ attributes }) => attributes.get('class') === 'box')
    .map(({ attributes, text }) => `${attributes.get('data-look')} ${text}`.trim());
}

export async function barText(page: Page): Promise<string> {
  const bar = (await pickerParts(page)).find(({ attributes }) => attributes.get('class') === 'bar');
  return bar?.text ?? '';
}

/** Presses a button of the picker's toolbar with the mouse. */
export async function pressOnBar(page: Page, label: string): Promise<void> {
  const parts = await pickerParts(page);
  const button = parts.find(({ attributes, text }) => attributes.get('type') === 'button' && text === label);
  if (!button) throw new Error(`The picker has no button “${label}”.`);
  const { x, y } = await button.centre();
  await page.mouse.click(x, y);
}

function nodesOf(node: TreeNode | undefined): TreeNode[] {
  if (node === undefined) return [];
  const inner = [...(node.children ?? []), ...(node.shadowRoots ?? [])];
  return [node, ...inner.flatMap(nodesOf)];
}

function textOf(node: TreeNode): string {
  return node.nodeName === '#text' ? node.nodeValue : (node.children ?? []).map(textOf).join('');
}

function attributesOf({ attributes = [] }: TreeNode): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < attributes.length; at += 2) found.set(attributes[at] ?? '', attributes[at + 1] ?? '');
  return found;
}

import { mount, unmount } from 'svelte';
import Form from './Form.svelte';

let shown: Record<string, unknown> | null = null;

export async function mountSvelte(root: HTMLElement): Promise<void> {
  if (shown) await unmount(shown);
  shown = mount(Form, { target: root });
}

import { mount } from 'svelte';
import Form from './Form.svelte';

export function mountSvelte(root: HTMLElement): void {
  mount(Form, { target: root });
}

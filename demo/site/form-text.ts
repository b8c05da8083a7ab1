/** The text a form holds under a name: the empty string when there is none, or a file. */
export function formText(form: HTMLFormElement, name: string): string {
  const entry = new FormData(form).get(name);
  return typeof entry === 'string' ? entry.trim() : '';
}

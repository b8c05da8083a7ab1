/** What people see that they have typed, or the names of the files that they have chosen, with `/` between them. */
export function valueOf(field: HTMLInputElement | HTMLTextAreaElement): string {
  if (field.type !== 'file') return field.value;
  return [...((field as HTMLInputElement).files ?? [])].map(({ name }) => name).join('/');
}

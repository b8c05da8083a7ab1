/**
 * What a field says by its `autocomplete`. Lists say `new-password` so that the browser suggests nothing of its own: nobody
 * chooses a new password from a list.
 */
export function autofillSaid(autocomplete: string | null, role: string | null): string | null {
  return role === 'combobox' && autocomplete === 'new-password' ? null : autocomplete;
}

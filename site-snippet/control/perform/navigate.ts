import { assertNever } from '../../../protocol/assert-never.ts';
import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';

interface Navigation {
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}

/** Through the tab's history, as far as it is this site's. */
export function navigate({ to }: Allowed<'navigate'>): Outcome {
  // It knows the entries of this origin only: beyond them lies somebody else's page.
  const { navigation } = window as { navigation?: Navigation };
  switch (to) {
    case 'back':
      if (navigation?.canGoBack === false) return 'refused:origin';
      history.back();
      return 'done';
    case 'forward':
      if (navigation?.canGoForward === false) return 'refused:origin';
      history.forward();
      return 'done';
    case 'refresh':
      location.reload();
      return 'done';
    default:
      return assertNever(to);
  }
}

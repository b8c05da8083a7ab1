declare const brand: unique symbol;
/**
 * Text from the customer's page that masking has passed or replaced. The page writer takes no other text. Only
 * `site-snippet/mask/` may make one (`npm run check` looks for other places).
 */
export type MaskedText = string & { readonly [brand]: 'MaskedText' };

/** Between two texts of one message's text block. Masking takes it out of every text, so it needs no escape. */
export const TEXT_SEPARATOR = '\u0001';

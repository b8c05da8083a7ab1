declare const brand: unique symbol;
/**
 * Text from the customer's page that masking has passed or replaced. The page writer takes no other text. Only
 * `site-snippet/mask/` may make one (`npm run check` looks for other places).
 */
export type MaskedText = string & { readonly [brand]: 'MaskedText' };

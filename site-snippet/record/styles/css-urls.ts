import { mapUrls } from '../../../protocol/css-text.ts';

/** @param rename gives the new name of a URL as it stands in the sheet */
export function renameUrls(css: string, rename: (url: string) => string): string {
  return mapUrls(css, (url, token) =>
    url === '' || url.startsWith('#') || url.startsWith('data:') ? token : `url("${rename(url)}")`,
  );
}

import type { CSSResult } from 'lit';

/**
 * Lit's `css`, for style sheets that hold no expressions; Lit's own one brings the code and the messages for those
 * along. The sheet is made when it is first adopted: a server that imports a tag has none.
 */
export function css(strings: TemplateStringsArray): CSSResult {
  let sheet: CSSStyleSheet | undefined;
  return {
    get styleSheet(): CSSStyleSheet {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(strings[0]!);
      }
      return sheet;
    },
  } as CSSResult;
}

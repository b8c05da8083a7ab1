import type { Rule } from '../../protocol/rules.ts';

/** Where a page can keep a secret, and what hides it: for the story in the lab and the one through the whole product. */

/** Places inside something masked. `§` stands for the secret; one line adds a place. */
export const MASKED_PLACES: Record<string, string> = {
  'a text': '<p>§</p>',
  'a text deep inside': '<ul><li><b><i>§</i></b></li></ul>',
  'a table’s cell': '<table><tr><td>§</td></tr></table>',
  'a title': '<b title="§">b</b>',
  'an alt text': '<img alt="§">',
  'an aria-label': '<b aria-label="§">b</b>',
  'an aria-description': '<b aria-description="§">b</b>',
  'a data attribute': '<b data-x="§">b</b>',
  'a data attribute with a record': `<b data-props='{"a":"§"}'>b</b>`,
  'an attribute nobody knows': '<b foo="§">b</b>',
  'a placeholder': '<input placeholder="§">',
  'a field’s markup': '<input value="§">',
  'a field’s name': '<input name="§">',
  'a field’s pattern': '<input pattern="§">',
  'a hidden field': '<input type="hidden" value="§">',
  'a number': '<input type="text" inputmode="numeric" value="§">',
  'a textarea': '<textarea>§</textarea>',
  'an option’s text': '<select><option>§</option></select>',
  'an option’s value': '<select><option value="§">x</option></select>',
  'an option’s label': '<select><option label="§">x</option></select>',
  'a group of options': '<select><optgroup label="§"><option>x</option></optgroup></select>',
  'a list of suggestions': '<input list="l"><datalist id="l"><option value="§"></datalist>',
  'a button’s text': '<button type="button">§</button>',
  'a button’s value': '<input type="button" value="§">',
  'a submit button’s value': '<input type="submit" value="§">',
  'a radio’s value': '<input type="radio" value="§" checked>',
  'an editor': '<div contenteditable>§</div>',
  'an output': '<output>§</output>',
  'a summary': '<details><summary>§</summary>x</details>',
  'a link’s query': '<a href="/reset?token=§">a</a>',
  'a link’s fragment': '<a href="/reset#§">a</a>',
  'a form’s action': '<form action="/pay?c=§"></form>',
  'a picture’s address': '<img src="/picture.png?u=§">',
  'a set of pictures': '<img srcset="/picture.png?u=§ 2x">',
  'a custom property': `<b style="--name: '§'">b</b>`,
  'a custom property without quotes': '<b style="color: red; --name: §">b</b>',
  'a background': '<b style="background: url(/picture.png?u=§)">b</b>',
  'a drawing’s text': '<svg><text y="9">§</text></svg>',
  'a drawing’s title': '<svg><title>§</title><rect /></svg>',
  'a drawing’s description': '<svg><desc>§</desc></svg>',
  'a formula': '<math><mtext>§</mtext></math>',
  'a frame’s document': '<iframe srcdoc="<p>§</p>"></iframe>',
  'a frame’s address': '<iframe src="about:blank?§"></iframe>',
  'a comment': '<!-- § -->',
  'data for a script': '<script type="application/json">{"a":"§"}</script>',
  'a template': '<template>§</template>',
  'a noscript': '<noscript>§</noscript>',
  'an event handler': `<b onclick="f('§')">b</b>`,
  'a caption': '<figure><figcaption>§</figcaption></figure>',
  'a microdata property': '<meta itemprop="x" content="§">',
  'a ruby text': '<ruby>a<rt>§</rt></ruby>',
  'a time': '<time datetime="§">x</time>',
  'a citation': '<q cite="/x?§">x</q>',
  'a dialog': '<dialog open>§</dialog>',
  'a gauge': '<meter value="5" low="§" title="§">§</meter>',
  'a progress': '<progress value="§">§</progress>',
  'a slider’s words': '<b role="slider" aria-valuetext="§" aria-valuenow="§" aria-roledescription="§">b</b>',
  'a field’s limits': '<input type="number" min="§" max="§" step="§">',
  'a colour': '<input type="color" value="§">',
  'what a list shows as chosen':
    '<select><button><selectedcontent>§</selectedcontent></button><option>§</option></select>',
  'a popover': '<div popover title="§">§</div>',
  'a group of details': '<details name="§" open>§</details>',
  'a map': '<map name="§"><area href="/x/§" alt="§"></map>',
  'a value for machines': '<data value="§">x</data>',
  'a custom element': '<x-card value="§" label="§">§</x-card>',
  'a shadow root': '<div><template shadowrootmode="open"><p title="§">§</p></template></div>',
  'a link’s path': '<a href="/reset/§" hreflang="§" download="§">a</a>',
  'an old background': '<table background="/§.png"><tr><td background="/§.png">x</td></tr></table>',
  'a style sheet': '<style>.q::before { content: "§"; --x: § }</style>',
  'a set of backgrounds': `<b style="background-image: image-set('/§.png' 1x)">x</b>`,
  'a background in capitals': '<b style="background-image: URL(/§.png)">x</b>',
  'a background in escapes': '<b style="background-image: u\\72l(/§.png)">x</b>',
  'a transition’s name': '<b style="view-transition-name: §">b</b>',
  'an anchor’s name': '<b style="anchor-name: --§; position-anchor: --§">b</b>',
  'a container’s name': '<b style="container: § / inline-size">b</b>',
  'an animation’s name': '<b style="animation: § 1s">b</b>',
  'a counter’s name': '<b style="counter-reset: § 5">b</b>',
  'an area’s name': '<b style="grid-area: §">b</b>',
  'a line’s name': '<b style="grid-template-columns: [§] 1fr">b</b>',
  'a page’s name': '<b style="page: §">b</b>',
  'what will change': '<b style="will-change: §">b</b>',
  'a style of list': '<b style="list-style: § inside">b</b>',
  'a comment in a style': '<b style="color: red; /* § */ top: 1px">b</b>',
  'a style that is none': '<b style="color: §; § ; §: red">b</b>',
};

/** Places no agent sees anything of, with no mask around them. */
export const UNSEEN_PLACES: Record<string, string> = {
  'a password': '<input type="password" value="§">',
  'a hidden field': '<input type="hidden" value="§">',
  'a card number': '<label>Card number <input name="card" value="§"></label>',
  'a security code': '<input name="cvv" value="§">',
  'a one-time code': '<input autocomplete="one-time-code" value="§">',
  'a password shown as text': '<input type="text" name="password" value="§">',
  'a password that is only dotted': '<input style="-webkit-text-security: disc" value="§">',
  'a password of a custom element': '<x-field type="password" value="§">x</x-field>',
  'a card number of a custom element': '<x-field autocomplete="cc-number" value="§">x</x-field>',
  'a security code of a custom element': '<x-field name="cvv" value="§">x</x-field>',
  'a custom element with a label': '<x-field label="Password" value="§">x</x-field>',
  'a custom element with a label in a slot': '<x-field value="§"><b slot="label">Password</b></x-field>',
  'a custom element that is a password by its kind': '<x-password-field value="§">x</x-password-field>',
  'a custom element with a password in it': '<x-field value="§"><input type="password"></x-field>',
  'a record in a data attribute': `<b data-props='{"a":"§"}'>b</b>`,
  'a link’s query': '<a href="/reset?token=§">a</a>',
  'a link in a data attribute': '<b data-href="/reset?token=§">a</b>',
  'a form’s action': '<form action="/pay?c=§"></form>',
  'a button’s own action': '<button type="button" formaction="/pay?c=§">b</button>',
  'a picture’s query': '<img src="/picture.png?u=§">',
  'a comment': '<!-- § -->',
  'data for a script': '<script type="application/json">{"a":"§"}</script>',
  'a template': '<template>§</template>',
  'an event handler': `<b onclick="f('§')">b</b>`,
};

/** A different one for every place, and for every road to it. */
export const secretOf = (index: number, road = 'q'): string => `Z${road}${1000 + index}-Secret`;

/** Markup of all places, each with its secret. */
export const markupOf = (places: Record<string, string>, wrap: (html: string) => string, road = 'q'): string =>
  Object.values(places)
    .map((html, index) => wrap(html.replaceAll('§', secretOf(index, road))))
    .join('\n');

/** The places whose secrets are in `wire`. */
export const leaksIn = (wire: string, places: Record<string, string>, road = 'q'): string[] =>
  Object.keys(places).filter((_, index) => wire.includes(secretOf(index, road)));

export const RULE: Rule = { name: '', urls: [], selectors: ['.m'], action: 'mask' };
export const KINDS: Record<string, { rules: readonly Rule[]; open: string }> = {
  'a rule that masks': { rules: [RULE], open: '<div class="m">' },
  'a rule that masks what may be shown': { rules: [{ ...RULE, mayShow: true }], open: '<div class="m">' },
  'a rule that hides': { rules: [{ ...RULE, action: 'hide' }], open: '<div class="m">' },
  'a selector with a parent': { rules: [{ ...RULE, selectors: ['.outer > .m'] }], open: '<div class="m">' },
  'a selector nobody can read': { rules: [{ ...RULE, selectors: ['.m:nonsense('] }], open: '<div>' },
  'the page’s own mask': { rules: [], open: '<div data-alongside="mask">' },
  'the page’s own hide': { rules: [], open: '<div data-alongside="hide">' },
  'a word of the page nobody knows': { rules: [], open: '<div data-alongside="masked">' },
};

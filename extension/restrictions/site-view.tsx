import type { TargetedSubmitEvent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Rule } from '../../protocol/rules.ts';
import { readSiteAddress, saveSiteAddress, type RulesOwner } from '../browser-storage.ts';
import type { PageReport, SensitiveField } from './picker-message.ts';
import type { SiteTab, SiteTabState } from './site-tab.ts';

const STATE_WORDS: Readonly<Record<SiteTabState, string>> = {
  closed: 'Open a page of your site to point at what agents must not see or use.',
  asking: 'Chrome asks whether the extension may look at this site. Please choose Allow there.',
  opening: 'Waiting for the page…',
  open: '',
  elsewhere: 'That page cannot be looked at. Go back to your site, or open another page of it.',
  refused: 'Chrome did not allow the extension to look at this site. Open it again and choose Allow.',
};

export interface SiteViewProps {
  readonly owner: RulesOwner;
  readonly siteTab: SiteTab;
  readonly add: (rule: Rule) => void;
}

/** The site in another tab, and what looks sensitive there. */
export function SiteView({ owner, siteTab, add }: SiteViewProps): VNode {
  const [address, setAddress] = useState('');
  const [fault, setFault] = useState('');
  const state = siteTab.state.value;
  const page = siteTab.page.value;

  useEffect(() => {
    void readSiteAddress(owner).then(setAddress);
  }, [owner]);

  async function open(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const url = parseAddress(address);
    setFault(url === null ? 'Please enter an address that starts with https:// or http://.' : '');
    if (url === null) return;
    // First of all: Chrome asks only while the click counts.
    await siteTab.open(url);
    await saveSiteAddress(owner, url.href);
  }

  return (
    <section class="card site" aria-label="Your site">
      <h2>Your site</h2>
      <form class="row" noValidate onSubmit={(event) => void open(event)}>
        <label class="field">
          <span>Page</span>
          <input
            type="url"
            value={address}
            placeholder="https://shop.example.com/account"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={fault !== ''}
            onInput={({ currentTarget }) => setAddress(currentTarget.value)}
          />
        </label>
        <button class="primary" type="submit">
          Open and point
        </button>
      </form>
      <p class={`message ${fault === '' ? 'hint' : 'error'}`} role="status" aria-label="Page">
        {fault === '' ? stateWords(state, page, owner) : fault}
      </p>
      {page !== null && page.uncovered.length > 0 && (
        <>
          <h3>Look sensitive, covered by nothing</h3>
          <FieldList name="Look sensitive" fields={page.uncovered} page={page} siteTab={siteTab} add={add} />
        </>
      )}
      {page !== null && page.byDefault.length > 0 && (
        <>
          <h3>Covered by default</h3>
          <p class="hint">Masked without a rule, by how these fields look. A rule makes it certain.</p>
          <FieldList name="Covered by default" fields={page.byDefault} page={page} siteTab={siteTab} add={add} />
        </>
      )}
    </section>
  );
}

function stateWords(state: SiteTabState, page: PageReport | null, owner: RulesOwner): string {
  if (page === null) return STATE_WORDS[state];
  const whose =
    page.siteKey === owner.siteKey
      ? ''
      : page.siteKey === null
        ? ' The page does not have the snippet: rules do nothing there.'
        : ' The page has the snippet of another site: your rules do nothing there.';
  const covered = page.uncovered.length === 0 ? ' Every field that looks sensitive is covered.' : '';
  return `Open: ${page.url}.${whose}${covered}`;
}

interface FieldListProps {
  readonly name: string;
  readonly fields: readonly SensitiveField[];
  readonly page: PageReport;
  readonly siteTab: SiteTab;
  readonly add: (rule: Rule) => void;
}

function FieldList({ name, fields, page, siteTab, add }: FieldListProps): VNode {
  function mask({ label, selector }: SensitiveField): void {
    add({ name: label, urls: page.urls.slice(0, 1), selectors: [selector], action: 'mask' });
  }

  return (
    <ul class="rules" aria-label={name}>
      {fields.map((field) => (
        <li key={field.selector} class="rule">
          <div class="what">
            <strong>{field.label}</strong>
            <span class="hint">
              {field.why} · <code>{field.selector}</code>
            </span>
          </div>
          <button type="button" aria-label={`Mask ${field.label}`} onClick={() => mask(field)}>
            Mask
          </button>
          <button
            type="button"
            aria-label={`Find ${field.label} on the page`}
            onClick={() => void siteTab.choose(field.selector)}
          >
            Find
          </button>
        </li>
      ))}
    </ul>
  );
}

function parseAddress(typed: string): URL | null {
  const text = typed.trim();
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

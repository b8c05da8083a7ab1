import { secretIn, type Secret } from '../../../protocol/secret-words.ts';

/** What a field says about itself. */
export interface FieldFacts {
  readonly type: string;
  readonly autocomplete: string;
  /** Its ID, name, label, placeholder. */
  readonly texts: readonly string[];
}

/** By the standard's own words (HTML, "autofill"). */
const AUTOFILL: readonly (readonly [RegExp, string])[] = [
  [/\bcc-/u, 'Payment card'],
  [/\b(?:one-time-code|current-password|new-password)\b/u, 'Password or code'],
  [/\bbday/u, 'Date of birth'],
  [/\b(?:tel|email|impp)\b|\btel-/u, 'Phone or email'],
  [/\b(?:street-address|address-line\d|postal-code)\b/u, 'Address'],
  [/\bsex\b/u, 'Personal'],
];

/** What the snippet masks by itself, by the same words. */
const GUESSED: Readonly<Record<Secret, string>> = {
  card: 'Payment card',
  password: 'Password or code',
  code: 'Password or code',
  identity: 'Identity number',
};

/** Beyond that, in a few of the languages sites are written in; edges are those of a word. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    words(
      'iban|bic|swift|account ?(?:number|no|holder|name)|sort ?code|routing ?(?:number|no)|bank ?account|konto ?(?:nummer|inhaber)|compte bancaire|cuenta bancaria|rekening',
    ),
    'Bank account',
  ],
  [
    words(
      'national ?id|nino|passport|driving ?licen[cs]e|tax ?(?:id|number|code)|vat ?(?:id|number)|personalausweis|reisepass',
    ),
    'Identity number',
  ],
  [
    words(
      'birth ?(?:day|date)?|date of birth|dob|geburts ?(?:datum|tag)|date de naissance|fecha de nacimiento|nascita',
    ),
    'Date of birth',
  ],
  [
    words(
      'salary|income|earnings|net worth|balance|credit ?(?:limit|score)|mortgage|loan|gehalt|einkommen|revenu|salaire|ingresos|stipendio',
    ),
    'Money',
  ],
  [
    words(
      'diagnos[ie]s|medical|medication|allerg(?:y|ies)|health|disability|blood ?(?:type|group)|patient|insurance ?(?:number|no)|policy ?(?:number|no)|religion|ethnicity|krankheit|maladie',
    ),
    'Health or belief',
  ],
  [words('e ?mail|phone|mobile|telephone|telefon|handy|telefono|courriel'), 'Phone or email'],
  [
    words('(?:street|home|postal|delivery|billing) ?address|post ?code|zip ?code|strasse|adresse|direccion|indirizzo'),
    'Address',
  ],
];

const TYPES: Readonly<Record<string, string>> = {
  password: 'Password or code',
  email: 'Phone or email',
  tel: 'Phone or email',
};

/**
 * What a field seems to hold that a customer may not want to show, or `null`. Wider than what the snippet masks by
 * itself: a phone number is no secret on every site, so here an administrator decides.
 */
export function whySensitive({ type, autocomplete, texts }: FieldFacts): string | null {
  const tokens = autocomplete.toLowerCase();
  const byAutofill = AUTOFILL.find(([pattern]) => pattern.test(tokens));
  if (byAutofill) return byAutofill[1];
  if (TYPES[type] !== undefined) return TYPES[type];
  const plain = texts.map(plainWords);
  const wider = WORDS.find(([pattern]) => plain.some((text) => pattern.test(text)))?.[1];
  if (wider !== undefined) return wider;
  const secret = secretIn(texts);
  return secret === null ? null : GUESSED[secret];
}

function words(alternatives: string): RegExp {
  return new RegExp(`\\b(?:${alternatives})\\b`, 'u');
}

/** `accountNumber`, `account_number`, `Account-Number *` → `account number`, without accents. */
function plainWords(text: string): string {
  return text
    .slice(0, 200)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

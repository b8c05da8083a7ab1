import type { Field, Secret } from '../judge.ts';

/**
 * Which fields hold secrets, judged by what they say of themselves: docs/site.md, "How a field is judged". A guess that
 * masks too much costs the agent a look; one that masks too little costs the customer a secret.
 */
/** Autofill names of what is not secret: a card that says it is a postal code is one. */
const HARMLESS_AUTOFILL =
  /\b(?:name|given-name|additional-name|family-name|honorific-\w+|nickname|username|email|tel(?:-[a-z-]+)?|url|organization\S*|street-address|address-\S+|postal-code|country\S*|bday\S*|sex|language|photo|impp|cc-name|cc-given-name|cc-family-name|cc-type|transaction-\w+)$/iu;

/** Words in the languages of most shops, without accents. A `_` is the edge of a word; other words may be part of longer ones. */
const WORDS: readonly (readonly [Secret, string])[] = [
  [
    'password',
    'password|passwd|pass ?phrase|passwort|kennwort|geheimzahl|_pwd_|_pass ?word|_pw_|_passw?_|_pin_|_mpin_|_pin ?(?:code|number|nummer|nr)_|contrasena|_clave_|mot ?de ?passe|_mdp_|_senha|wachtwoord|hasło|haslo|_parola|losenord|adgangskode|passord|salasana|_heslo|jelszo|sifre_|_sifre|kata sandi|mat khau|пароль|סיסמ|كلمة المرور|パスワード|暗証番号|密码|密碼|비밀번호|memorable (?:word|information|date|place)|secret (?:answer|word|key|question)|security answer|private key|seed phrase|recovery phrase|_pass ?code|api ?key|client ?secret',
  ],
  [
    'card',
    '(?:card|_cc|kort|kaart|karten?) ?(?:number|numer|num_|no_|nr|nummer|pan_|digits)|(?:number|digits) (?:on|of) (?:the |your )?card|(?:credit|debit|bank|payment|atm) ?card_|_pan_|_ccn(?:um|o|r)?_|kreditkarte_|kreditkarten|_nummer der karte|(?:numero|num|no) ?(?:de |della |do |da )?(?:la |votre |tu |su |sua |seu )?(?:carte|tarjeta|carta|cartao)|_carte ?(?:bancaire|bleue|credit)|tarjeta de (?:credito|debito)|carta di credito_|cartao de (?:credito|debito)|numer karty|cislo karty|cislo kreditni|kart numarasi|kartyaszam|номер карты|カード番号|卡号|卡號|카드 ?번호|' +
      '_cvv|_cvc|_cvn|_csc_|_cvx|_cid_|cvv2?_|cvc2?_|_cv2_|security code|card (?:verification|validation|code|security|check)|_seccode|signature (?:code|panel)|kartenpruf|prufnummer|prufziffer|sicherheitscode|kartencode|codigo (?:de )?(?:seguridad|seguranca)|code (?:de )?securite|cryptogramme|codice (?:di )?sicurezza|beveiligingscode|veiligheidscode|sikkerhedskode|sakerhetskod|kod bezpieczenstwa|guvenlik kodu|код безопасности|セキュリティ ?コード|安全码|안전코드|' +
      '_(?:cc|card|kort|kaart|karten?|tarjeta|carte|carta|cartao)[a-z ]*exp|_exp(?:iry|iration|ires|ire|ir)?(?: ?date)? ?(?:month|year|mm|yy|yyyy|mo|yr|mmyy|date|monat|jahr)_|_expiry_|expiration_|expires_|_valid (?:thru|through|until|to)_|gultig ?bis|ablauf(?:datum|monat|jahr)|verfall(?:s?datum|monat|jahr)|caducidad|(?:fecha|data) (?:de )?(?:expiracion|vencimiento|validade|scadenza)|_vencimiento|_scadenza|date d ?expiration|vervaldatum|udlobsdato|utgangsdatum|waznosci|срок действия|有効期限|有效期',
  ],
  [
    'code',
    '_otp|otp_|_totp|one ?time (?:pass|code|pin|key)|_2fa|_mfa_|two ?factor|2 ?factor|2 ?step|two ?step|authenticator|_auth(?:entication|orization|orisation)? ?code|verif(?:y|ication) ?(?:code|pin|number|digit)|_verification_|_verificationcode|_sms ?(?:code|tan|pin)|_(?:access|login|log ?in|sign ?in|security|confirm|confirmation|activation|backup|recovery|pairing|device|email|phone|text|texted) ?code|_code (?:from|we|you)|(?:digit|sms|six|4|5|6|7|8) ?(?:digit )?code_|_(?:m|sms|push|photo|chip)?tan_|_token_|_passcode|einmal(?:code|passwort|kennwort)|bestatigungs?code|verifizierungscode|freigabecode|code (?:de )?(?:verification|confirmation|validation)|code (?:recu|sms)|code a \\d chiffres|codigo (?:de )?(?:verificacion|verificacao|confirmacion|confirmacao|acceso|acesso|sms)|codice (?:di )?(?:verifica|conferma|otp|sms)|verificatiecode|bevestigingscode|inlogcode|engangs(?:kode|kod)|bekraftelsekod|kod (?:weryfikacyjny|sms|jednorazowy)|overovaci kod|dogrulama kodu|код (?:подтверждения|из смс|из sms)|認証 ?(?:コード|番号)|確認コード|验证码|驗證碼|인증 ?번호',
  ],
  [
    'identity',
    '_ssn|social security|_sin number|national (?:insurance|id)|_nino_|_iban|steuer ?(?:id|identifikation|nummer)|sozialversicherung|tax ?(?:payer )?(?:id|identification)|_tfn_|_bsn_|burgerservice|codice fiscale|_dni_|_nif_|_cpf_|_curp_|personnummer|cpr ?(?:nummer|nr)|numero de securite sociale|_pesel_|マイナンバー|身份证|주민등록번호',
  ],
];

/** What makes a word above mean something else. */
const NOT_SECRET =
  '_(?:gift|loyalty|member(?:ship)?|library|business|reward|rewards|bonus|sim|report|score|id|green|post|travel|fidelity|bahn|kunden|visiting|game|trello|flash) ?(?:cards?|karten?)|post ?card|discard|_(?:zip|postal|post|area|country|dial(?:ing|ling)?|phone country|promo(?:tion(?:al)?)?|coupon|discount|voucher|referral|gift|product|item|sku|bar|qr|color|colour|currency|language|lang|sort|branch|swift|bic|tracking|booking|reservation|order|invoice|campaign|affiliate|invite|invitation|agent|airport|iata|hs|tariff|source|dress|postcode|customer|reference|ticket|style|colou?r hex|partner|team|class|course|join|meeting|conference|event) ?codes?_|captcha|_(?:pin|pass) ?(?:it|board|to)_|pinterest|_boarding pass|_(?:ski|season|day|travel|bus|rail|event|press|guest|visitor) ?pass_|passenger|passport|compass|(?:food|product|milk|best before|contract|policy|licence|license|visa|passport|document|offer|lease|warranty|certificate|domain|membership|medication|drug) [a-z ]*(?:exp|valid)|code (?:editor|snippet|sample|block|language)|source code|password (?:hint|reminder)|tax (?:rate|class|code)|_token (?:name|symbol|amount|type)|(?:cards?|karten?) (?:title|name|holder|color|colour|type|design|message|text|brand|label|network|nick ?name)|(?:holder|name) (?:on|of) (?:the )?card|karteninhaber|titular|titulaire|(?:how many|number of) (?:cards?|pins?|tokens?)';

const TYPED = new Set(['text', 'tel', 'number', 'search', 'month', 'date', 'url', 'email', 'password']);
const COMPILED = WORDS.map(([secret, words]) => [secret, compile(words)] as const);
/** Most fields have none of these words, and are done with. */
const ANY = compile(WORDS.map(([, words]) => words).join('|'));
const HARMLESS = compile(NOT_SECRET);

function compile(words: string): RegExp {
  return new RegExp(words.replaceAll('_', '\\b'), 'u');
}

/** Four groups of four: a card. */
const CARD_SHAPE = /(?:[\dx•●*#·]{4}[ -]?){3}[\dx•●*#·]{3,4}(?![\dx])/iu;
const EXPIRY_SHAPE = /^\s*(?:mm|m)\s?[/.-]?\s?(?:yy|jj|aa|rr|гг|y)/iu;
const DOTS = /^[•●∙*·]{4,}$/u;
const MAX_LABEL_UNITS = 200;

// Compiled here and now, while everybody waits for the agent, and not when the first picture is due.
for (const pattern of [ANY, HARMLESS]) pattern.test('a field');

export interface Guesser {
  /** What the field looks like. */
  likely(field: Field): Secret | null;
  /** The page has changed: labels may say something else. */
  forget(): void;
}

export function createGuesser(): Guesser {
  /** What labels say, by the field they name, for each document and shadow root looked into since `forget`. */
  let labels = new WeakMap<Root, Map<Element, string[]>>();

  function labelsOf(field: Field): string[] {
    const root = field.getRootNode() as Root;
    let byField = labels.get(root);
    if (!byField) {
      byField = 'querySelectorAll' in root ? readLabels(root) : new Map<Element, string[]>();
      labels.set(root, byField);
    }
    const texts = [...(byField.get(field) ?? [])];
    for (const id of (field.getAttribute('aria-labelledby') ?? '').split(/\s+/u)) {
      const label = id === '' || !('getElementById' in root) ? null : root.getElementById(id);
      if (label) texts.push(label.textContent);
    }
    return texts;
  }

  return {
    likely(field) {
      if (isInput(field) && !TYPED.has(field.type)) return null;
      const autofill = field.getAttribute('autocomplete');
      if (autofill !== null && HARMLESS_AUTOFILL.test(autofill.trim())) return null;
      // Its own name says more than the words around it: a field named `zip` under "Card details" is a postal code.
      const own = [field.getAttribute('name'), field.id, autofill];
      const shown = [field.getAttribute('aria-label'), field.getAttribute('placeholder'), field.title];
      return secretIn([...own, ...shown, ...labelsOf(field)]) ?? secretShape(field);
    },
    forget() {
      labels = new WeakMap();
    },
  };
}

/** What the first of the texts says that says anything. Most fields say nothing: all their texts are asked at once. */
function secretIn(texts: readonly (string | null)[]): Secret | null {
  let all = '';
  for (const text of texts)
    if (text !== null && text !== '') all += text.slice(0, MAX_LABEL_UNITS).replaceAll(BETWEEN, ' ') + BETWEEN;
  const plain = plainWords(all);
  if (!ANY.test(plain)) return null;
  for (const part of plain.split(BETWEEN)) {
    const words = part.trim();
    if (HARMLESS.test(words)) continue;
    const found = COMPILED.find(([, pattern]) => pattern.test(words));
    if (found) return found[0];
  }
  return null;
}

/** No word, and no part of one. */
const BETWEEN = '|';
const ASCII = /^[\t-~]*$/u;

/** `cardNumber`, `card_number`, `Card-Number*` → `card number`, without accents. */
function plainWords(text: string): string {
  return ASCII.test(text) ? plainAscii(text) : plainLetters(text);
}

/** The same as below for most texts, at a third of the price. */
function plainAscii(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z\d|]+/g, ' ');
}

function plainLetters(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replace(/[^\p{L}\d|]+/gu, ' ');
}

type Root = Document | ShadowRoot;

/** All labels at once: `field.labels` walks through the whole document, for every field again. */
function readLabels(root: Root): Map<Element, string[]> {
  const texts = new Map<Element, string[]>();
  for (const label of root.querySelectorAll('label')) {
    const { control } = label;
    if (control === null) continue;
    const known = texts.get(control);
    if (known) known.push(label.textContent);
    else texts.set(control, [label.textContent]);
  }
  return texts;
}

/** A field that says nothing in words may still show what it waits for. */
function secretShape(field: Field): Secret | null {
  const placeholder = field.getAttribute('placeholder') ?? '';
  if (CARD_SHAPE.test(placeholder)) return 'card';
  if (EXPIRY_SHAPE.test(placeholder) && !/d/iu.test(placeholder)) return 'card';
  if (DOTS.test(placeholder)) return 'password';
  if (!isInput(field)) return null;
  const isNumeric = /^(?:numeric|decimal)$/iu.test(field.inputMode) || field.type === 'tel' || field.type === 'number';
  // One digit a field: the usual form of a one-time code.
  if (field.maxLength === 1 && (isNumeric || /\\d|0-9/u.test(field.pattern))) return 'code';
  return null;
}

/** A frame's fields are of its own window's class. */
function isInput(field: Field): field is HTMLInputElement {
  return field.localName === 'input';
}

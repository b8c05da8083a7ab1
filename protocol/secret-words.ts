/**
 * Which words say that a field holds a secret: docs/site.md, "How a field is judged". The snippet masks by them, and the
 * restrictions editor tells an administrator what it will mask.
 */
/** What a field holds that nobody else should read. */
export type Secret = 'password' | 'card' | 'code' | 'identity';

/** Autofill names of what is not secret: a card that says it is a postal code is one. */
export const HARMLESS_AUTOFILL =
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
    '_ssn|social security|_sin number|national (?:insurance|id)|_nino_|_nhs ?n(?:o|um|r)|medicare ?(?:id_|n(?:o|um|r))|versicherten ?(?:nummer|nr)|aadhaar|_iban|steuer ?(?:id|identifikation|nummer)|sozialversicherung|tax ?(?:payer )?(?:id|identification)|_tfn_|_bsn_|burgerservice|codice fiscale|_dni_|_nif_|_cpf_|_curp_|personnummer|cpr ?(?:nummer|nr)|numero de securite sociale|_pesel_|マイナンバー|身份证|주민등록번호',
  ],
];

/** What makes a word above mean something else. */
const NOT_SECRET =
  '_(?:gift|loyalty|member(?:ship)?|library|business|reward|rewards|bonus|sim|report|score|id|green|post|travel|fidelity|bahn|kunden|visiting|game|trello|flash) ?(?:cards?|karten?)|post ?card|discard|_(?:zip|postal|post|area|country|dial(?:ing|ling)?|phone country|promo(?:tion(?:al)?)?|coupon|discount|voucher|referral|gift|product|item|sku|bar|qr|color|colour|currency|language|lang|sort|branch|swift|bic|tracking|booking|reservation|order|invoice|campaign|affiliate|invite|invitation|agent|airport|iata|hs|tariff|source|dress|postcode|customer|reference|ticket|style|colou?r hex|partner|team|class|course|join|meeting|conference|event) ?codes?_|captcha|_(?:pin|pass) ?(?:it|board|to)_|pinterest|_boarding pass|_(?:ski|season|day|travel|bus|rail|event|press|guest|visitor) ?pass_|passenger|passport|compass|(?:food|product|milk|best before|contract|policy|licence|license|visa|passport|document|offer|lease|warranty|certificate|domain|membership|medication|drug) [a-z ]*(?:exp|valid)|code (?:editor|snippet|sample|block|language)|source code|password (?:hint|reminder)|tax (?:rate|class|code)|_token (?:name|symbol|amount|type)|_(?:contains|contiene|enthalt) 1 token_|(?:cards?|karten?) (?:title|name|holder|color|colour|type|design|message|text|brand|label|network|nick ?name)|(?:holder|name) (?:on|of) (?:the )?card|karteninhaber|titular|titulaire|(?:how many|number of) (?:cards?|pins?|tokens?)';

const COMPILED = WORDS.map(([secret, words]) => [secret, compile(words)] as const);
/** Most fields have none of these words, and are done with. */
const ANY = compile(WORDS.map(([, words]) => words).join('|'));
const HARMLESS = compile(NOT_SECRET);

/** The same words in an order that is searched in half the time: at each letter only the words that begin with it. */
function compile(words: string): RegExp {
  const all = alternatives(words);
  const atEdges = all.filter((word) => word.startsWith('_')).map((word) => word.slice(1));
  const anywhere = all.filter((word) => !word.startsWith('_'));
  const ways = [byFirstLetter(anywhere), atEdges.length === 0 ? '' : `_(?:${byFirstLetter(atEdges)})`];
  const pattern = ways.filter(Boolean).join('|');
  return new RegExp(endingLoops(pattern).replaceAll('_', '\\b'), 'u');
}

/**
 * The engine writes what follows `(?:card|kort) ?` anew for each length that it may have had so far, up to ten times over;
 * after a loop it writes it once. In plain words no space follows another, so a loop finds the same, with less machine code
 * (146 → 88 kB, `v8.getHeapSpaceStatistics`).
 */
function endingLoops(pattern: string): string {
  return pattern.replaceAll(' ?', ' *').replaceAll(') (', ') +(').replaceAll(' )?', ' )*');
}

/** What stands between bars that are in no brackets. */
function alternatives(pattern: string): string[] {
  const all: string[] = [''];
  let depth = 0;
  for (const sign of pattern) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === '|' && depth === 0) all.push('');
    else all[all.length - 1] += sign;
  }
  return all;
}

function byFirstLetter(words: readonly string[]): string {
  const rests = new Map<string, string[]>();
  const others: string[] = [];
  for (const word of words) {
    const [, letter, rest] = /^([\p{L}\d])(?![?*+{])(.*)$/u.exec(word) ?? [];
    if (letter === undefined || rest === undefined) others.push(word);
    else if (rests.has(letter)) rests.get(letter)?.push(rest);
    else rests.set(letter, [rest]);
  }
  for (const [letter, all] of rests) others.push(`${letter}(?:${all.join('|')})`);
  return others.join('|');
}

const MAX_LABEL_UNITS = 200;

// Compiled here and now, while everybody waits for the agent, and not when the first picture is due.
// Twice: the engine makes its fast code the second time.
for (const pattern of [ANY, ANY, HARMLESS, HARMLESS]) pattern.test('a field');

/** What the first of the texts says that says anything. Most fields say nothing: all their texts are asked at once. */
export function secretIn(texts: readonly (string | null)[]): Secret | null {
  let all = '';
  for (const text of texts)
    if (text !== null && text !== '') all += text.slice(0, MAX_LABEL_UNITS).replaceAll(BETWEEN, ' ') + BETWEEN;
  const plain = plainWords(all);
  if (!ANY.test(plain)) return null;
  for (const part of plain.split(BETWEEN)) {
    const words = part.trim();
    if (HARMLESS.test(words)) continue;
    for (const [secret, pattern] of COMPILED) if (pattern.test(words)) return secret;
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

/**
 * Whether the words are found here. Libraries of old put functions of their own in the place of `Array.from` and others, and
 * a pattern that was made of nothing would find nothing: then every field counts as secret.
 */
export const ARE_WORDS_FOUND =
  secretIn(['first name']) === null &&
  secretIn(['cvv']) === 'card' &&
  secretIn(['cardNumber']) === 'card' &&
  secretIn(['otp']) === 'code' &&
  secretIn(['SSN']) === 'identity' &&
  secretIn(['Contraseña']) === 'password';

/** Names that tools make: they change with the next release, or with the next page load. */
const GENERATED = [
  // React's useId, Radix, Headless UI, Ember, React Select, MUI, Angular, Vue.
  /^:?r[\da-z]*:|^«r/u,
  /^(?:radix|headlessui|ember|react-select|mui|mat-(?:input|select|mdc)|cdk|ng-|v-\d|input-v|field-v|jss|emotion|css-|sc-|svelte-|astro-|_ng|chakra|reach|downshift|popper|tippy)/iu,
  // CSS modules: `name_hash`, `name__hash`, `_name_hash_1`.
  /_[\da-z]*\d[\da-z]*(?:_\d+)?$/iu,
  // Hashes, UUIDs, counters.
  /[\da-f]{8}-[\da-f]{4}/iu,
  /\d{3}/u,
  /[-_:.]\d+[-_:.]/u,
];
const MAX_NAME_UNITS = 60;

/**
 * Whether an ID, a class or a name was given by a person, and so will still be there tomorrow. A mistake here costs a
 * less readable selector, not a wrong one.
 */
export function isStableName(name: string): boolean {
  if (name === '' || name.length > MAX_NAME_UNITS || /\s/u.test(name)) return false;
  return !GENERATED.some((pattern) => pattern.test(name)) && !looksRandom(name);
}

/** Letters and digits mixed (`aX3k9`), or no vowel where there should be several. */
function looksRandom(name: string): boolean {
  return name.split(/[^\da-z]+/iu).some((word) => {
    const changes = word.match(/[a-z]\d|\d[a-z]/giu)?.length ?? 0;
    if (changes >= 2) return true;
    if (word.length >= 5 && /[a-z][A-Z]{1,2}[a-z]{0,2}[A-Z]/u.test(word) && changes > 0) return true;
    return word.length >= 7 && !/[aeiouy]/iu.test(word);
  });
}

import {
  attributeOf,
  closest,
  contentOf,
  findAll,
  isElement,
  matches,
  nameOf,
  parentOf,
  previousOf,
  typeOf,
} from '../../native.ts';
import { A_FIELD } from './field-selector.ts';
import { MAX_BOXES, SAID, textsOf, type Labels } from './labels.ts';

/**
 * What a field is called by what stands around it, as people see it who look at the page: the cell before its own, the
 * legend of a group that has nothing but it, or nothing but its parts. Where nothing names it, what describes it does.
 * For as long as the page stands still.
 */
export interface Around {
  of(field: Element): readonly string[];
  /** The cell before its own, of a field or a component. */
  cellNames(field: Element): readonly string[];
}

/** A cell, a legend's fieldset or another group. */
interface Single {
  /** What it is called, as long as it has one value and no more. */
  readonly names: readonly string[];
  /** Several fields may hold one value: a digit each, four digits each, a month and a year. */
  readonly fields: number;
}

export function createAround(labels: Labels): Around {
  /** Of cells and groups; `null`: it has more than one value. */
  const singles = new WeakMap<Element, Single | null>();
  /** What `textBeside` has found. */
  const besides = new WeakMap<Node, string | null>();

  function singleOf(group: Element, namesOf: (group: Element) => string[]): Single | null {
    let single = singles.get(group);
    if (single === undefined) {
      const fields = findAll(group, A_FIELD);
      const isIt = fields.length < 2 || (fields.length <= MAX_PARTS && [...fields].every(isPart));
      single = isIt ? { names: namesOf(group), fields: fields.length } : null;
      singles.set(group, single);
    }
    return single;
  }

  function namesOfGroup(group: Element): string[] {
    const legends = [...findAll(group, ':scope>legend')].flatMap(textsOf);
    return [...legends, ...labels.named(group, 'aria-labelledby'), attributeOf(group, 'aria-label') ?? ''].filter(
      isWord,
    );
  }

  function isPart(field: Element): boolean {
    if (nameOf(field) === 'select') return true;
    const { maxLength = -1 } = field as Partial<HTMLInputElement>;
    if (maxLength > 0) return maxLength <= MAX_PART_UNITS;
    const cell = closest(field, CELL);
    return !isNamed(field) && (cell === null || textsBefore(cell).length === 0);
  }

  /** A sheet has thousands of fields to ask this of: no list is made of what each says. */
  function says(field: Element, attributes: readonly string[], what: (text: string) => boolean): boolean {
    return labels.of(field).some(what) || attributes.some((name) => what(attributeOf(field, name) ?? ''));
  }

  function isNamed(field: Element): boolean {
    return says(field, SAID, isWord);
  }

  function cellNames(field: Element): readonly string[] {
    const cell = closest(field, CELL);
    return (cell && singleOf(cell, textsBefore)?.names) ?? [];
  }

  /** Of the innermost group that has a name. */
  function groupNames(field: Element): readonly string[] {
    for (let group = closest(field, GROUP); group !== null; group = closest(group, GROUP)) {
      const single = singleOf(group, namesOfGroup);
      // What is chosen under "Verification code" is how it comes.
      if (single === null || (single.fields === 1 && nameOf(field) === 'select')) return [];
      if (single.names.length > 0) return single.names;
    }
    return [];
  }

  function descriptions(field: Element): string[] {
    const said = [...labels.named(field, 'aria-describedby'), attributeOf(field, 'aria-description') ?? ''];
    return said.filter((text) => !OF_ANOTHER.test(text));
  }

  /** "PIN: <input>", as forms are written by hand. */
  function textBefore(field: Element): string {
    let box: Node | null = field;
    for (let level = 0; level < MAX_BOXES && isElement(box) && !matches(box, ENDS); level += 1) {
      const text = textBeside(box);
      if (text !== null) return text;
      box = parentOf(box);
    }
    return '';
  }

  /** `null`: there is nothing before it; empty, when that is nothing to call it by. */
  function textBeside(box: Element): string | null {
    const passed: Node[] = [];
    let text: string | null = null;
    for (let at: Node | null = box; at !== null; at = previousOf(at)) {
      if (at !== box) text = saidBy(at);
      if (text !== null) break;
      // In a long row each would go all the way back again.
      const known = besides.get(at);
      if (known !== undefined) {
        text = known;
        break;
      }
      passed.push(at);
    }
    for (const one of passed) besides.set(one, text);
    return text;
  }

  /** What stands before a field: `null`, if that says nothing and belongs to nothing else. */
  function saidBy(before: Node): string | null {
    if (isElement(before)) {
      const fields = [before, ...findAll(before, A_FIELD)].filter((element) => matches(element, A_FIELD));
      if (!fields.every(isPart)) return '';
      if (fields.length > 0 || matches(before, UNREAD)) return null;
    } else if (typeOf(before) !== TEXT_NODE) return null;
    const text = contentOf(before) ?? '';
    if (!isWord(text)) return null;
    return text.trim().length > MAX_CELL_UNITS || OF_ANOTHER.test(text) ? '' : text;
  }

  return {
    of(field) {
      // Of most fields there is nothing to find out.
      if (closest(field, AROUND) === null && isNamed(field)) return [];
      // A label says more than a neighbour.
      const isLabelled = says(field, LABELS, isWord);
      const cell = isLabelled ? [] : cellNames(field);
      const group = groupNames(field);
      if (isLabelled && group.length === 0) return cell;
      if (says(field, CALLED, isContact)) return cell;
      const around = [...cell, ...group];
      return around.length > 0 || isNamed(field) ? around : [textBefore(field), ...descriptions(field)];
    },
    cellNames,
  };
}

/** The first text before a cell in its row, or the term that it describes. */
function textsBefore(cell: Element): string[] {
  const isOfTerm = nameOf(cell) === 'dd';
  for (let before = previousOf(cell); before !== null; before = previousOf(before)) {
    if (!isElement(before) || (isOfTerm && nameOf(before) !== 'dt')) continue;
    if (findAll(before, A_FIELD).length > 0) return [];
    const text = contentOf(before) ?? '';
    if (text.trim().length > MAX_CELL_UNITS) return [];
    if (isWord(text)) return textsOf(before);
  }
  return [];
}

const { TEXT_NODE } = Node;
const CELL = 'td,th,dd';
/** What stands before these is about all that is in them. */
const ENDS = `${CELL},form,fieldset,table,section,article,main,dialog,[role=dialog],body`;
const UNREAD = 'script,style,template';
/** One around another is asked for from there. */
const GROUP = ':is(fieldset,[role=group i]):not(:scope)';
const AROUND = `${CELL},${GROUP},[aria-description],[aria-describedby]`;
/** A card's number stands in four or five, a code in six, a bank account's in nine. */
const MAX_PARTS = 12;
const MAX_PART_UNITS = 6;
/** Longer texts are what a page has beside its form, and no label. */
const MAX_CELL_UNITS = 80;
const LABELS = ['aria-label'];
const CALLED = [...SAID, 'name', 'id'];
/** What is asked under "Forgot your password?" and "Two-factor authentication", and is no secret. */
const CONTACT =
  /^(?!.*code)\W*(?:your |mobile |cell)?(?:e-?mail|user[ _-]?(?:name|id)|login$|(?:tele)?(?:ph|f)one?|mobile|correo|courriel|name).{0,20}$/iu;
/** A description that speaks of a secret that is not in this field. */
const OF_ANOTHER = /\b(?:re-?set|recover|restore|change|forg\w+|never) /iu;

function isContact(text: string): boolean {
  return text !== '' && CONTACT.test(text);
}

function isWord(text: string): boolean {
  return text !== '' && /\p{L}/u.test(text);
}

/** @jsxImportSource react */
import { useEffect, useId, useMemo, useReducer, useRef, useState } from 'react';
import { changeKit, firstKit, notYetIn, toItem, weigh, type Kit, type KitItem, type Season } from './kit.ts';

const seasons: ReadonlyArray<readonly [Season, string]> = [
  ['summer', 'Summer'],
  ['between', 'Spring or autumn'],
  ['winter', 'Winter'],
];

/** What most people can carry all day, in grams. */
const comfortable = 12_000;

export function KitBuilder() {
  const [kit, change] = useReducer(changeKit, firstKit);
  const [isOpen, setOpen] = useState(false);
  const weight = useMemo(() => weigh(kit), [kit]);

  return (
    <div className="with-summary">
      <div>
        <section className="card" aria-label="The trip">
          <div className="row">
            <div className="field">
              <label htmlFor="kit-name">Name of the trip</label>
              <input
                id="kit-name"
                value={kit.name}
                onChange={(event) => change({ type: 'rename', name: event.target.value })}
              />
            </div>
            <div className="field">
              <label htmlFor="kit-nights">Nights: {kit.nights}</label>
              <input
                id="kit-nights"
                type="range"
                min={1}
                max={14}
                value={kit.nights}
                onChange={(event) => change({ type: 'nights', nights: event.target.valueAsNumber })}
              />
            </div>
          </div>
          <fieldset>
            <legend>Season</legend>
            <div className="chips">
              {seasons.map(([season, label]) => (
                <label className="chip" key={season}>
                  <input
                    type="radio"
                    name="season"
                    value={season}
                    checked={kit.season === season}
                    onChange={() => change({ type: 'season', season })}
                  />
                  <span>{label}</span>
                </label>
              ))}
            </div>
          </fieldset>
        </section>
        <PackingList
          items={kit.items}
          move={(key, to) => change({ type: 'move', key, to })}
          pack={(key, isPacked) => change({ type: 'pack', key, isPacked })}
          remove={(key) => change({ type: 'remove', key })}
        />
        <AddItem kit={kit} add={(item) => change({ type: 'add', item })} />
      </div>
      <aside className="card" aria-labelledby="kit-weight">
        <h2 id="kit-weight">On your back</h2>
        <p className="kit-total number">{kilograms(weight.total)}</p>
        <meter
          min={0}
          max={20_000}
          low={comfortable}
          high={15_000}
          optimum={6000}
          value={weight.total}
          aria-label="Weight"
        />
        <p className="soft small">
          {weight.total > comfortable ? 'Somebody else could carry the tent.' : 'Most people can carry this all day.'}
        </p>
        <dl className="totals">
          <dt>{kit.items.length} things</dt>
          <dd>{kilograms(weight.gear)}</dd>
          <dt>Food</dt>
          <dd>{kilograms(weight.food)}</dd>
          <dt>Warm layers</dt>
          <dd>{kilograms(weight.extra)}</dd>
        </dl>
        <p className="actions">
          <button className="button gorse" type="button" onClick={() => setOpen(true)}>
            Show the list
          </button>
          <button className="button quiet" type="button" onClick={() => change({ type: 'clear' })}>
            Empty it
          </button>
        </p>
      </aside>
      {isOpen && <KitDialog kit={kit} close={() => setOpen(false)} />}
    </div>
  );
}

interface PackingListProps {
  items: readonly KitItem[];
  move: (key: string, to: number) => void;
  pack: (key: string, isPacked: boolean) => void;
  remove: (key: string) => void;
}

/** The list in packing order: by buttons, or by dragging. */
function PackingList({ items, move, pack, remove }: PackingListProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const packed = items.filter((item) => item.isPacked).length;

  return (
    <section className="card" aria-labelledby="packing-title">
      <div className="section-head">
        <h2 id="packing-title">Bottom of the pack first</h2>
        <span className="soft">
          {packed} of {items.length} packed
        </span>
      </div>
      {items.length === 0 && <p className="soft">Nothing in it. Travelling light is one thing.</p>}
      <ol className="packing">
        {items.map((item, index) => (
          <li
            key={item.key}
            draggable
            className={dragged === item.key ? 'dragged' : ''}
            onDragStart={() => setDragged(item.key)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event: { preventDefault: () => void }) => {
              event.preventDefault();
              if (dragged !== null && dragged !== item.key) move(dragged, index);
            }}
          >
            <span className="grip" aria-hidden="true">
              ⠿
            </span>
            <label className="tick">
              <input
                type="checkbox"
                checked={item.isPacked}
                onChange={(event) => pack(item.key, event.target.checked)}
              />
              <span>{item.name}</span>
            </label>
            <span className="number soft">{item.grams} g</span>
            <span className="moves">
              <button
                type="button"
                aria-label={`Move ${item.name} up`}
                disabled={index === 0}
                onClick={() => move(item.key, index - 1)}
              >
                ↑
              </button>
              <button
                type="button"
                aria-label={`Move ${item.name} down`}
                disabled={index === items.length - 1}
                onClick={() => move(item.key, index + 1)}
              >
                ↓
              </button>
              <button type="button" aria-label={`Take out ${item.name}`} onClick={() => remove(item.key)}>
                ×
              </button>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function AddItem({ kit, add }: { kit: Kit; add: (item: KitItem) => void }) {
  const [name, setName] = useState('');
  const [grams, setGrams] = useState('');
  const id = useId();
  const offered = notYetIn(kit);
  const isReady = name.trim() !== '' && Number(grams) > 0;

  const addOwn = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    if (!isReady) return;
    add({
      key: `own-${name.trim().toLowerCase()}`,
      name: name.trim(),
      grams: Math.round(Number(grams)),
      isPacked: false,
    });
    setName('');
    setGrams('');
  };

  return (
    <section className="card" aria-label="Put something in">
      <h2>Put something in</h2>
      <div className="chips offered">
        {offered.map((product) => (
          <button className="button quiet little" type="button" key={product.id} onClick={() => add(toItem(product))}>
            + {product.name}
          </button>
        ))}
      </div>
      <form className="row own" onSubmit={addOwn}>
        <div className="field">
          <label htmlFor={`${id}-name`}>Something of your own</label>
          <input id={`${id}-name`} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-grams`}>Weight in grams</label>
          <input
            id={`${id}-grams`}
            type="number"
            min={1}
            max={20_000}
            value={grams}
            onChange={(event) => setGrams(event.target.value)}
          />
        </div>
        <button className="button" type="submit" disabled={!isReady}>
          Put it in
        </button>
      </form>
    </section>
  );
}

function KitDialog({ kit, close }: { kit: Kit; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);

  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="kit-dialog-title">
      <h2 id="kit-dialog-title">{kit.name || 'A trip without a name'}</h2>
      <p className="soft">
        {kit.nights === 1 ? 'One night' : `${kit.nights} nights`}, {kilograms(weigh(kit).total)} in all
      </p>
      <ol>
        {kit.items.map((item) => (
          <li key={item.key}>{item.name}</li>
        ))}
      </ol>
      <p className="actions">
        <button className="button" type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
    </dialog>
  );
}

function kilograms(grams: number): string {
  return `${(grams / 1000).toFixed(1)} kg`;
}

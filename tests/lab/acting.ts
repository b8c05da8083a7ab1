import type { Act } from '../../protocol/command.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import { sendActs } from '../../extension/viewer/input/acting.ts';
import { makeInert } from '../../extension/viewer/mirror/inert.ts';

/** What the agent does in a mirror, as commands: a document that stands still, and a list of what would be sent. */
const { signal } = new AbortController();
const nodes: (Node | undefined)[] = [undefined, document];
let isWriting = true;
let acts: Act[] = [];

function idOf(node: Node): NodeId {
  if (!node.isConnected || node.getRootNode() !== document) return 0 as NodeId;
  if (!nodes.includes(node)) nodes.push(node);
  return nodes.indexOf(node) as NodeId;
}

const acting = sendActs({
  window,
  idOf,
  node: (id) => nodes[id],
  isWriting: () => isWriting,
  act: (act) => acts.push(act),
  signal,
});
makeInert(window, signal);

/** Numbers as the `id` of their element, so that a test can read them. */
function named(act: Act): unknown {
  const name = (id: NodeId): string => (nodes[id] instanceof Element ? nodes[id].id : 'document');
  if (act.act === 'drag') return { act: 'drag', from: name(act.from.node), to: name(act.to.node) };
  if (act.act === 'hover' || act.act === 'wheel') return { act: act.act, node: name(act.at.node) };
  if (act.act === 'menu') return { act: 'menu', node: name(act.at.node) };
  if (act.act === 'click') return { ...act, at: undefined, node: name(act.at.node) };
  return 'node' in act ? { ...act, node: name(act.node) } : act;
}

const actingLab = {
  show(html: string, writing = true): void {
    document.body.innerHTML = html;
    isWriting = writing;
    acts = [];
  },
  take(): unknown[] {
    const taken = acts.map(named);
    acts = [];
    return taken;
  },
  get count() {
    return acts.length;
  },
  focused: (selector: string) => acting.focused(idOf(document.querySelector(selector)!)),
};

export type ActingLab = typeof actingLab;

Object.assign(window, { actingLab });

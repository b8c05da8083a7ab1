import type { Recording } from './recording.ts';

/**
 * Reads what a recorder reads, the names, attributes and texts of a page and of what an observer reports, and does nothing
 * with it: what going through the DOM takes by itself.
 */
export function recordReading(): Recording {
  let units = 0;

  function readOne(node: Node): void {
    if (node instanceof Element) {
      units += node.localName.length;
      for (const { name, value } of node.attributes) units += name.length + value.length;
    } else units += node.nodeValue?.length ?? 0;
  }

  function readTree(node: Node): void {
    readOne(node);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) readTree(child);
  }

  const observer = new MutationObserver((records) => {
    for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
      if (type === 'attributes') units += (target as Element).getAttribute(attributeName ?? '')?.length ?? 0;
      else if (type === 'characterData') units += target.nodeValue?.length ?? 0;
      else {
        units += removedNodes.length;
        for (const node of addedNodes) readTree(node);
      }
    }
  });
  readTree(document);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  return {
    complete: Promise.resolve(),
    take: () => [],
    get taken() {
      return units;
    },
    stop: () => observer.disconnect(),
  };
}

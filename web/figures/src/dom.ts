/** Building HTML without markup: text stays text, whatever a name in the data looks like. */

type Child = Node | string | undefined;
type Properties = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

/** An element; `onclick` and the like listen, `true` sets an empty attribute, `false` none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== undefined) element.append(child);
  return element;
}

let ids = 0;
/** An id no other element of the page has. */
export function freshId(stem: string): string {
  ids += 1;
  return `${stem}-${ids}`;
}

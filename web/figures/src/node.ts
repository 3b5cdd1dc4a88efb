/** A small tree of SVG elements: one description, drawn on the page, saved to a file, or tested. */

export interface SvgNode {
  tag: string;
  attributes: Record<string, string | number>;
  children: (SvgNode | string)[];
}

export type Attributes = Record<string, string | number | undefined>;

export function svg(
  tag: string,
  attributes: Attributes = {},
  ...children: (SvgNode | string)[]
): SvgNode {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) kept[name] = typeof value === 'number' ? rounded(value) : value;
  }
  return { tag, attributes: kept, children };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escaped for XML; characters XML does not allow are dropped. */
export function escapeXml(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"]/g, (c) => escapes[c]!)
  );
}

/** Markup of a tree. `resolve` turns each attribute's text: a theme's colours for a saved file. */
export function markup(node: SvgNode, resolve: (value: string) => string = (v) => v): string {
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(resolve(String(value)))}"`)
    .join('');
  const inside = node.children
    .map((child) => (typeof child === 'string' ? escapeXml(child) : markup(child, resolve)))
    .join('');
  return `<${node.tag}${attributes}>${inside}</${node.tag}>`;
}

const svgSpace = 'http://www.w3.org/2000/svg';

export function toDom(node: SvgNode): SVGElement {
  const element = document.createElementNS(svgSpace, node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    element.setAttribute(name, String(value));
  }
  for (const child of node.children) {
    element.append(typeof child === 'string' ? document.createTextNode(child) : toDom(child));
  }
  return element;
}

/** An SVG drawing in the page, of which only shapes and texts are taken over. */
import { useEffect, useRef } from 'preact/hooks';

const ELEMENTS = [
  ...['svg', 'g', 'path', 'polygon', 'polyline', 'ellipse', 'text', 'title'],
  ...['desc', 'rect', 'line', 'circle', 'tspan'],
];
const ATTRIBUTES = [
  ...['width', 'height', 'viewBox', 'class', 'transform', 'd', 'points', 'x', 'y', 'cx', 'cy'],
  ...['rx', 'ry', 'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'text-anchor'],
  ...['font-family', 'font-size', 'font-weight', 'font-variant'],
  ...['x1', 'x2', 'y1', 'y2', 'dx', 'dy', 'r', 'opacity', 'fill-opacity', 'stroke-opacity'],
  ...['stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit'],
];

export function Picture({ svg, label }: { readonly svg: string; readonly label: string }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    place.current?.replaceChildren(copyOf(documentElement));
  }, [svg]);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
  return <figure class="scroll picture" tabIndex={0} role="img" aria-label={label} ref={place} />;
}

/** The element without anything that could act or load. */
function copyOf(from: Element): Element {
  const copy = document.createElementNS('http://www.w3.org/2000/svg', from.localName);
  for (const { name, value } of from.attributes) {
    if (ATTRIBUTES.includes(name) && !value.includes('url(')) copy.setAttribute(name, value);
  }
  for (const child of from.childNodes) {
    if (child instanceof Element) {
      if (ELEMENTS.includes(child.localName)) copy.append(copyOf(child));
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
  }
  return copy;
}

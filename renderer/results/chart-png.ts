/** A drawn chart and what it is called. */
export interface NamedChart {
  name: string;
  svg: SVGSVGElement;
}

/** What a drawing's look depends on; everything else of the page's style does not reach into a picture. */
const kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'visibility',
  'display',
];
/** Smaller drawings are marks within text or tables. */
const least = { width: 200, height: 80 };

/** The charts in a document, named by their own title, else by their figure's caption or the heading before them. */
export function chartsIn(root: HTMLElement): NamedChart[] {
  const headings = [...root.querySelectorAll('h2, h3, h4')];
  const used = new Map<string, number>();
  return [...root.querySelectorAll('svg')].flatMap((svg): NamedChart[] => {
    const { width, height } = svg.getBoundingClientRect();
    if (width < least.width || height < least.height || svg.parentElement?.closest('svg') != null) return [];
    const figure = svg.closest('figure');
    const before = headings.findLast(
      (heading) => (heading.compareDocumentPosition(svg) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    );
    const text =
      svg.querySelector(':scope > title')?.textContent ??
      figure?.querySelector('figcaption')?.textContent ??
      figure?.getAttribute('aria-label') ??
      before?.textContent ??
      'Chart';
    const name = text.replace(/\s+/g, ' ').trim().slice(0, 70) || 'Chart';
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return [{ name: count === 1 ? name : `${name} (${count})`, svg }];
  });
}

/** Draws a chart on the page's background, twice as fine as on the screen. Returns a data address. */
export async function chartToPng(svg: SVGSVGElement, scale = 2): Promise<string> {
  const { width, height } = svg.getBoundingClientRect();
  const copy = withStyles(svg);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This window cannot draw pictures.');
  context.fillStyle = backgroundOf(svg);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}

function withStyles(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [index, element] of from.entries()) {
    const style = getComputedStyle(element);
    const text = kept.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    to[index]?.setAttribute('style', text);
  }
  return copy;
}

function backgroundOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (color !== 'transparent' && !/,\s*0\)$/.test(color)) return color;
  }
  return '#ffffff';
}

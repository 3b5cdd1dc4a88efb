/** Where the reader is. All state that a link should bring back is in the address. */

/** The current address; reading it in a component follows every change. */
export const address = $state({ path: location.pathname, query: location.search });

function take(): void {
  address.path = location.pathname;
  address.query = location.search;
}

window.addEventListener('popstate', take);

export type Query = Record<string, string | number | boolean | null | undefined>;

/** "/chains/x" and {region: "CHN", view: ""} -> "/chains/x?region=CHN"; empty values are left out. */
export function link(path: string, query: Query = {}): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Goes to an address of the application; `replace` leaves no step to go back to. */
export function go(to: string, options: { replace?: boolean } = {}): void {
  if (to === location.pathname + location.search) return;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', to);
  take();
  if (!options.replace) window.scrollTo(0, 0);
}

/** A value of the address, empty where there is none. */
export function asked(name: string): string {
  return new URLSearchParams(address.query).get(name) ?? '';
}

/** Changes some values of the address and keeps the others. Small steps (a slider) replace. */
export function ask(changes: Query, options: { replace?: boolean } = {}): void {
  const query: Query = Object.fromEntries(new URLSearchParams(address.query));
  go(link(address.path, { ...query, ...changes }), options);
}

/** "/chains/a%20b/map" -> ["chains", "a b", "map"]. */
export function segments(path: string = address.path): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

/** Page of a chain: chainLink("world-2011", "map", {region: "CHN"}). */
export function chainLink(chain: string, page = '', query: Query = {}): string {
  const base = `/chains/${encodeURIComponent(chain)}`;
  return link(page === '' ? base : `${base}/${page}`, query);
}

/** Clicks on links within the application change the address without loading anew. */
export function followLinks(event: MouseEvent): void {
  const anchor = (event.target as Element | null)?.closest?.('a');
  if (!anchor || event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (anchor.target !== '' || anchor.hasAttribute('download')) return;
  const to = new URL(anchor.href, location.href);
  if (to.origin !== location.origin || to.pathname.startsWith('/api/')) return;
  if (to.pathname === location.pathname && to.hash !== '') return;
  event.preventDefault();
  go(to.pathname + to.search);
}

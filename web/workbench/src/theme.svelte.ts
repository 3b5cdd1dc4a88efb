/** Light or dark: as the system says, unless the reader chose. */

export type Theme = 'auto' | 'light' | 'dark';
const order: Theme[] = ['auto', 'light', 'dark'];
const place = 'stave-theme';

const system = window.matchMedia('(prefers-color-scheme: dark)');
const state = $state<{ theme: Theme }>({ theme: 'auto' });

function apply(): void {
  const dark = state.theme === 'dark' || (state.theme === 'auto' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

export const theme = (): Theme => state.theme;

export function nextTheme(): void {
  state.theme = order[(order.indexOf(state.theme) + 1) % order.length]!;
  try {
    localStorage.setItem(place, state.theme);
  } catch {
    // the choice then lasts as long as the page
  }
  apply();
}

export function startTheme(): void {
  try {
    const kept = localStorage.getItem(place) as Theme;
    if (order.includes(kept)) state.theme = kept;
  } catch {
    // as the system says
  }
  system.addEventListener('change', apply);
  apply();
}

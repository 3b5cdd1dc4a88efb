/** Light or dark: as the system says, unless the reader chose. */

import { h } from './dom';
import type { Words } from './words';

type Choice = 'auto' | 'light' | 'dark';
const choices: Choice[] = ['auto', 'light', 'dark'];
const place = 'stave-theme';

function stored(): Choice {
  try {
    const found = localStorage.getItem(place) as Choice;
    return choices.includes(found) ? found : 'auto';
  } catch {
    return 'auto'; // a page opened from disk may have no storage
  }
}

function store(choice: Choice): void {
  try {
    localStorage.setItem(place, choice);
  } catch {
    // the choice then lasts as long as the page
  }
}

const system = () => window.matchMedia('(prefers-color-scheme: dark)');

function apply(choice: Choice): void {
  const dark = choice === 'dark' || (choice === 'auto' && system().matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

/** Steps through as the system, light, dark. */
export function themeButton(words: Words): HTMLElement {
  let choice = stored();
  const button = h('button', { type: 'button', class: 'quiet theme' });
  const show = () => {
    apply(choice);
    button.textContent = `${words.theme}: ${words.themes[choice]}`;
  };
  button.addEventListener('click', () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length]!;
    store(choice);
    show();
  });
  system().addEventListener('change', show);
  show();
  return button;
}

/** English or Chinese: all words from two catalogues, names from the data in both. */

import { english, type Words } from './words/en';
import type { Chain } from './interface';

export type Language = 'en' | 'zh';

const place = 'stave-language';

function first(): Language {
  const said = new URLSearchParams(location.search).get('lang');
  if (said === 'zh' || said === 'en') return said;
  try {
    const kept = localStorage.getItem(place);
    if (kept === 'zh' || kept === 'en') return kept;
  } catch {
    // no storage: as the browser says
  }
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

const state = $state<{ language: Language; words: Words }>({ language: 'en', words: english });

/** The catalogue in use; components that read it change with the language. */
export const words = (): Words => state.words;
export const language = (): Language => state.language;

export async function speak(chosen: Language): Promise<void> {
  const catalogue = chosen === 'zh' ? (await import('./words/zh')).chinese : english;
  state.language = chosen;
  state.words = catalogue;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(place, chosen);
  } catch {
    // the choice then lasts as long as the page
  }
}

export const speakFirst = () => speak(first());

/** The name of an item in the reader's language. */
export function nameOf(item: { name: string; name_zh: string }): string {
  return state.language === 'zh' && item.name_zh !== '' ? item.name_zh : item.name;
}

export function titleOf(chain: { title: string; title_zh: string; name: string }): string {
  const title = state.language === 'zh' && chain.title_zh !== '' ? chain.title_zh : chain.title;
  return title === '' ? chain.name : title;
}

/**
 * Names that reports carry in English, in the reader's language: whole names ("China"), and what
 * labels are made of ("China: Coal", "Coal in China"). Others stay as they are.
 */
export class Names {
  private readonly found = new Map<string, string>();

  constructor(chain?: Chain) {
    for (const item of [...(chain?.regions ?? []), ...(chain?.products ?? [])]) {
      if (item.name_zh !== '') this.found.set(item.name, item.name_zh);
    }
  }

  shown(text: string): string {
    return state.language === 'zh' ? this.inChinese(text) : text;
  }

  inChinese(text: string): string {
    if (text === '') return text;
    const whole = this.found.get(text);
    if (whole !== undefined) return whole;
    const [region, ...rest] = text.split(': ');
    if (rest.length > 0 && this.found.has(region!)) {
      return `${this.found.get(region!)}：${this.inChinese(rest.join(': '))}`;
    }
    const at = text.lastIndexOf(' in ');
    const place = at > 0 ? this.found.get(text.slice(at + 4)) : undefined;
    if (place !== undefined) return `${place}：${this.inChinese(text.slice(0, at))}`;
    return this.composite(text) ?? text;
  }

  /** "Battery module (NMC cell)": a product made of another, both known. */
  private composite(text: string): string | undefined {
    for (
      let at = text.indexOf(' (');
      at > 0 && text.endsWith(')');
      at = text.indexOf(' (', at + 1)
    ) {
      const whole = this.found.get(text.slice(0, at));
      const part = this.found.get(text.slice(at + 2, -1));
      if (whole !== undefined && part !== undefined) return `${whole}（${part}）`;
    }
    return undefined;
  }
}

/** The atlas and what draws it, fetched when a map is first shown. */

import type { World } from './atlas';

type Atlas = typeof import('./atlas');

interface Loaded {
  draw: Atlas;
  lands: Awaited<ReturnType<Atlas['lands']>>;
}

export class AtlasOnce {
  private loaded = $state.raw<Loaded | undefined>();
  error = $state.raw<unknown>();
  private known: { key: string; world: World } | undefined;

  async load(): Promise<void> {
    if (this.loaded) return;
    this.error = undefined;
    try {
      const draw = await import('./atlas');
      this.loaded = { draw, lands: await draw.lands() };
    } catch (error) {
      this.error = error;
    }
  }

  /** The world at a width, centred as maps in the language are; undefined until it is loaded. */
  world(width: number, language: 'en' | 'zh'): World | undefined {
    if (!this.loaded || width < 40) return undefined;
    const key = `${width} ${language}`;
    if (this.known?.key !== key) {
      const { draw, lands } = this.loaded;
      this.known = { key, world: draw.projected(lands, width, language === 'zh' ? 150 : 11) };
    }
    return this.known.world;
  }
}

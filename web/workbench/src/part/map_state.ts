/** What the chain map shows, as its address says it. */

import { hasCountries, type Named } from '../picture/countries';
import { hasProvinces } from '../picture/provinces';

export type MapView = 'tiers' | 'world' | 'provinces';

/** The views a chain has: countries and provinces where its regions are such. */
export function viewsOf(chain: { regions: readonly Named[] }): MapView[] {
  return [
    'tiers',
    ...(hasCountries(chain.regions) ? (['world'] as const) : []),
    ...(hasProvinces(chain.regions) ? (['provinces'] as const) : []),
  ];
}

export interface MapState {
  product: string;
  region: string;
  node: string;
  view: MapView;
  colour: 'region' | 'risk';
  up: number;
  down: number;
  boxes: number;
  /** The tier that world, provinces and the list show. */
  tier: number;
}

export const boxChoices = [5, 8, 12, 20, 50];
export const mostTiers = 6;

function whole(text: string, least: number, most: number, fallback: number): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : fallback;
  return Math.min(most, Math.max(least, value));
}

/** @param risky colour by risk unless the address says otherwise */
export function readMapState(asked: (name: string) => string, risky = false): MapState {
  const up = whole(asked('up'), 0, mostTiers, 2);
  const down = whole(asked('down'), 0, mostTiers, 2);
  const view = asked('view');
  const tier = whole(asked('tier'), -up, down, up > 0 ? -1 : Math.min(1, down));
  return {
    product: asked('product'),
    region: asked('region'),
    node: asked('node'),
    view: view === 'world' || view === 'provinces' ? view : 'tiers',
    colour: (asked('colour') || (risky ? 'risk' : 'region')) === 'risk' ? 'risk' : 'region',
    up,
    down,
    boxes: whole(asked('boxes'), 1, 50, 8),
    tier,
  };
}

/** What `tiers` is asked. */
export function tiersQuestion(state: MapState): Record<string, string | number> {
  const focus: Record<string, string> =
    state.node !== '' ? { node: state.node } : { product: state.product };
  if (state.node === '' && state.region !== '') focus['region'] = state.region;
  return { ...focus, up: state.up, down: state.down, boxes: state.boxes };
}

/** The regions of a tier as places on a map. */

import type { KeyItem } from '../../../figures/src/chart';
import type { ChainRegion } from './chain';
import { lossColor, lossSteps, shareColor, shareSteps, stepNames } from './picture';
import type { Place } from './world';

export interface PlaceWords {
  name: (region: ChainRegion) => string;
  amount: (value: number) => string;
  percent: (value: number) => string;
  value: string;
  share: string;
}

export function tierPlaces(
  regions: ChainRegion[],
  tier: number,
  focus: string,
  words: PlaceWords,
): Place[] {
  const own = regions.filter((region) => region.tier === tier && region.value > 0);
  const most = Math.max(0, ...own.filter(({ region }) => region !== focus).map((r) => r.value));
  return own.map((region) => ({
    code: region.region,
    name: words.name(region),
    shown: words.percent(region.share),
    fill: shareColor(region.share),
    flow: most > 0 ? region.value / most : 0,
    told: {
      title: words.name(region),
      lines: [
        [words.value, words.amount(region.value)],
        [words.share, words.percent(region.share)],
      ],
    },
  }));
}

function stepItems(
  steps: readonly number[],
  paint: (value: number) => string,
  name: string,
): KeyItem[] {
  return stepNames(steps).map((text, i) => ({
    name: i === 0 ? `${name}: ${text}` : text,
    fill: paint(i === 0 ? steps[0]! / 2 : steps[i - 1]!),
  }));
}

export const shareItems = (name: string): KeyItem[] => stepItems(shareSteps, shareColor, name);
export const lossItems = (name: string): KeyItem[] => stepItems(lossSteps, lossColor, name);

/** Rows of the list beside the chain map. */

import type { Language } from '../../language.svelte';
import { amount, percent } from '../../part/amount';
import { scaled, type RankedRow } from '../../part/ranked';
import { plain } from '../../part/sentence';
import type { ChainBox, TierChain } from '../../picture/chain';
import { placeKey, type Place } from '../../picture/world';
import type { Words } from '../../words/en';

/** Regions of a tier, as the maps show them. */
export function placeRows(
  places: readonly Place[],
  to: (place: Place) => string | undefined,
): RankedRow[] {
  const length = scaled(places.map((place) => place.flow));
  return places.map((place) => ({
    key: placeKey(place.code),
    name: place.name,
    bar: length(place.flow),
    value: place.shown,
    more: place.told.lines[0]![1],
    to: to(place),
  }));
}

interface BoxTelling {
  t: Words['map'];
  language: Language;
  title: (box: ChainBox) => string;
  to: (box: ChainBox) => string | undefined;
}

/** Makers of a tier by their share, or by what the focus loses without them. */
export function boxRows(tiers: TierChain, tier: number, risk: boolean, say: BoxTelling) {
  const boxes = tiers.tiers.find((one) => one.tier === tier)?.boxes ?? [];
  const length = scaled(risk ? [100] : boxes.map(({ share }) => share));
  const list = risk ? [...boxes].sort((a, b) => (b.loss || 0) - (a.loss || 0)) : boxes;
  return list.map((box): RankedRow => {
    const more = [
      amount(box.value, tiers.unit, say.language),
      risk || !Number.isFinite(box.loss) ? '' : plain(say.t.costs, { loss: percent(box.loss) }),
      box.breaks && box.tier !== 0 ? say.t.breaksShort : '',
    ];
    return {
      key: box.key,
      name: say.title(box),
      to: say.to(box),
      bar: length(risk ? box.loss : box.share),
      color: risk ? 'short' : 'accent',
      value: percent(risk ? box.loss : box.share),
      more: more.filter((x) => x !== '').join(' · '),
    };
  });
}

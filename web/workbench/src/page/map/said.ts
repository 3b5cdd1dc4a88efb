/** What the chain map says beside the picture: names of boxes, what is bought, what breaks. */

import { percent } from '../../part/amount';
import type { Given } from '../../part/sentence';
import { breakPoints, type ChainBox, type TierChain } from '../../picture/chain';
import { boxName, boxRegion } from '../../picture/said';
import type { Names } from '../../language.svelte';
import type { Words } from '../../words/en';

/** "Coal · China"; without the region where the chain has only one. */
export function boxTitles(
  names: Names,
  t: Words['map'],
  oneRegion: boolean,
): (box: ChainBox) => string {
  return (box) => {
    const name = boxName(box, names, t);
    const region = oneRegion ? '' : boxRegion(box, names);
    return region === '' || region === name ? name : `${name} · ${region}`;
  };
}

export interface Sentence {
  template: string;
  given: Given;
}

interface Telling {
  t: Words['map'];
  names: Names;
  title: (box: ChainBox) => string;
  amount: (value: number) => string;
  nodeLink: (node: string) => string;
}

/** The maker whose loss costs the focus most. */
function worstOf(tiers: TierChain): ChainBox | undefined {
  const others = tiers.tiers
    .flatMap((tier) => tier.boxes)
    .filter((box) => box.tier !== 0 && box.loss > 0 && box.node !== tiers.focus?.node);
  return others.reduce<ChainBox | undefined>((a, b) => (a && a.loss >= b.loss ? a : b), undefined);
}

/** Where the focus buys, which break points there are, whose loss costs most. */
export function sentencesOf(tiers: TierChain, say: Telling): Sentence[] {
  const list: Sentence[] = [];
  const { t, names, title } = say;
  const suppliers = tiers.regions.filter(({ tier }) => tier === -1);
  const [first, second] = suppliers;
  if (tiers.focus && first && second) {
    const given = {
      focus: title(tiers.focus),
      value: say.amount(suppliers.reduce((sum, { value }) => sum + value, 0)),
      first: percent(first.share),
      firstRegion: names.shown(first.name),
      second: percent(second.share),
      secondRegion: names.shown(second.name),
    };
    list.push({ template: t.buys, given });
  }
  if (!tiers.risk) return list;
  const broken = breakPoints(tiers).slice(0, 4).map(title).join('; ');
  list.push({ template: broken === '' ? t.breakNone : t.breakOne, given: { names: broken } });
  const worst = worstOf(tiers);
  if (worst) {
    const maker = { text: title(worst), to: say.nodeLink(worst.node) };
    list.push({ template: t.worst, given: { maker, loss: percent(worst.loss) } });
  }
  return list;
}

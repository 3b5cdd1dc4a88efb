/** Regions of a chain as countries of the atlas, whose ids are the numeric codes of ISO 3166-1. */

import type { Item } from '../interface';

/** Alpha-2, alpha-3 and numeric code of each country, run together: "CNCHN156". */
const codes = `
  ADAND020 AEARE784 AFAFG004 AGATG028 AIAIA660 ALALB008 AMARM051 AOAGO024 AQATA010 ARARG032
  ASASM016 ATAUT040 AUAUS036 AWABW533 AXALA248 AZAZE031 BABIH070 BBBRB052 BDBGD050 BEBEL056
  BFBFA854 BGBGR100 BHBHR048 BIBDI108 BJBEN204 BLBLM652 BMBMU060 BNBRN096 BOBOL068 BQBES535
  BRBRA076 BSBHS044 BTBTN064 BVBVT074 BWBWA072 BYBLR112 BZBLZ084 CACAN124 CCCCK166 CDCOD180
  CFCAF140 CGCOG178 CHCHE756 CICIV384 CKCOK184 CLCHL152 CMCMR120 CNCHN156 COCOL170 CRCRI188
  CUCUB192 CVCPV132 CWCUW531 CXCXR162 CYCYP196 CZCZE203 DEDEU276 DJDJI262 DKDNK208 DMDMA212
  DODOM214 DZDZA012 ECECU218 EEEST233 EGEGY818 EHESH732 ERERI232 ESESP724 ETETH231 FIFIN246
  FJFJI242 FKFLK238 FMFSM583 FOFRO234 FRFRA250 GAGAB266 GBGBR826 GDGRD308 GEGEO268 GFGUF254
  GGGGY831 GHGHA288 GIGIB292 GLGRL304 GMGMB270 GNGIN324 GPGLP312 GQGNQ226 GRGRC300 GSSGS239
  GTGTM320 GUGUM316 GWGNB624 GYGUY328 HKHKG344 HMHMD334 HNHND340 HRHRV191 HTHTI332 HUHUN348
  IDIDN360 IEIRL372 ILISR376 IMIMN833 ININD356 IOIOT086 IQIRQ368 IRIRN364 ISISL352 ITITA380
  JEJEY832 JMJAM388 JOJOR400 JPJPN392 KEKEN404 KGKGZ417 KHKHM116 KIKIR296 KMCOM174 KNKNA659
  KPPRK408 KRKOR410 KWKWT414 KYCYM136 KZKAZ398 LALAO418 LBLBN422 LCLCA662 LILIE438 LKLKA144
  LRLBR430 LSLSO426 LTLTU440 LULUX442 LVLVA428 LYLBY434 MAMAR504 MCMCO492 MDMDA498 MEMNE499
  MFMAF663 MGMDG450 MHMHL584 MKMKD807 MLMLI466 MMMMR104 MNMNG496 MOMAC446 MPMNP580 MQMTQ474
  MRMRT478 MSMSR500 MTMLT470 MUMUS480 MVMDV462 MWMWI454 MXMEX484 MYMYS458 MZMOZ508 NANAM516
  NCNCL540 NENER562 NFNFK574 NGNGA566 NINIC558 NLNLD528 NONOR578 NPNPL524 NRNRU520 NUNIU570
  NZNZL554 OMOMN512 PAPAN591 PEPER604 PFPYF258 PGPNG598 PHPHL608 PKPAK586 PLPOL616 PMSPM666
  PNPCN612 PRPRI630 PSPSE275 PTPRT620 PWPLW585 PYPRY600 QAQAT634 REREU638 ROROU642 RSSRB688
  RURUS643 RWRWA646 SASAU682 SBSLB090 SCSYC690 SDSDN729 SESWE752 SGSGP702 SHSHN654 SISVN705
  SJSJM744 SKSVK703 SLSLE694 SMSMR674 SNSEN686 SOSOM706 SRSUR740 SSSSD728 STSTP678 SVSLV222
  SXSXM534 SYSYR760 SZSWZ748 TCTCA796 TDTCD148 TFATF260 TGTGO768 THTHA764 TJTJK762 TKTKL772
  TLTLS626 TMTKM795 TNTUN788 TOTON776 TRTUR792 TTTTO780 TVTUV798 TWTWN158 TZTZA834 UAUKR804
  UGUGA800 UMUMI581 USUSA840 UYURY858 UZUZB860 VAVAT336 VCVCT670 VEVEN862 VGVGB092 VIVIR850
  VNVNM704 VUVUT548 WFWLF876 WSWSM882 YEYEM887 YTMYT175 ZAZAF710 ZMZMB894 ZWZWE716
`;

/** Names that data use beside the atlas's own. */
const aliases: Record<string, string> = {
  'united states': '840',
  'united states of america': '840',
  usa: '840',
  korea: '410',
  'republic of korea': '410',
  'korea, republic of': '410',
  türkiye: '792',
  turkiye: '792',
  turkey: '792',
  'russian federation': '643',
  'viet nam': '704',
  'czech republic': '203',
  'slovak republic': '703',
  burma: '104',
  'congo (kinshasa)': '180',
  'congo (brazzaville)': '178',
  "côte d'ivoire": '384',
  'ivory coast': '384',
  'lao pdr': '418',
  'brunei darussalam': '096',
  'hong kong': '344',
  'hong kong, china': '344',
  macao: '446',
  macau: '446',
  'chinese taipei': '158',
  'bosnia and herzegovina': '070',
  'north macedonia': '807',
  'dominican republic': '214',
  iran: '364',
  syria: '760',
  'great britain': '826',
  uae: '784',
};

/** Codes of groups in common tables that are also codes of a country: "WF", rest of Africa. */
const groups = new Set(['WF']);

const byCode = new Map<string, string>();
for (const code of codes.trim().split(/\s+/)) {
  const [two, three, id] = [code.slice(0, 2), code.slice(2, 5), code.slice(5)];
  if (!groups.has(two)) byCode.set(two, id);
  byCode.set(three, id);
}

export type Named = Pick<Item, 'code' | 'name'> & { part_of?: string };

/** Ids in the atlas of what a region is; none where it is no country. */
export class Countries {
  private readonly byName = new Map<string, string>(Object.entries(aliases));

  /** @param named id and name of each country as the atlas has them */
  constructor(named: { id: string; name: string }[] = []) {
    for (const { id, name } of named) {
      const key = name.toLowerCase();
      if (id !== '' && !this.byName.has(key)) this.byName.set(key, id);
    }
  }

  idOf(region: Named): string | undefined {
    return byCode.get(region.code.toUpperCase()) ?? this.byName.get(region.name.toLowerCase());
  }

  /** The country itself, or of a group all that the chain says are part of it. */
  idsOf(region: Named, all: readonly Named[]): string[] {
    const own = this.idOf(region);
    if (own !== undefined) return [own];
    const found: string[] = [];
    const seen = new Set([region.code]);
    const groups = [region.code];
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      for (const part of all) {
        if (part.part_of !== group || seen.has(part.code)) continue;
        seen.add(part.code);
        const id = this.idOf(part);
        if (id === undefined) groups.push(part.code);
        else found.push(id);
      }
    }
    return found;
  }
}

/** Two regions or more can be shown on a world map. */
export function hasCountries(regions: readonly Named[]): boolean {
  const finder = new Countries();
  return regions.filter((region) => finder.idsOf(region, regions).length > 0).length >= 2;
}

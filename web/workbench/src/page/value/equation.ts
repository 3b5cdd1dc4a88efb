/**
 * The equation of each term, by the method and the term's column (docs/method/trade.md). They are
 * the same in every language. s exports, r buys; o is elementwise.
 */

export const methods = [
  'borin-mancini-source',
  'borin-mancini-sink',
  'wwz',
  'kww',
  'miroudot-ye',
  'oecd',
] as const;
export type Method = (typeof methods)[number];

const source = {
  vax1: 'VL ∘ Y_sr',
  vax2: 'P Y_rr',
  vax3: 'P Σ_{j≠r,s} Y_rj',
  vax4: 'P Σ_{l≠s} Q_l',
  ref1: 'P Y_rs',
  ref2: 'P Q_s',
  ddc: 'V_s (B_ss − L_ss) ∘ E_sr',
  fva1: 'Σ_{t≠s} V_t B^s_ts ∘ Y_sr',
  fva2: 'Σ_{t≠s} V_t B^s_ts ∘ A_sr L_rr Y_rr',
  fva3: 'Σ_{t≠s} V_t B^s_ts ∘ A_sr L_rr Σ_{j≠r} Y_rj',
  fva4: 'Σ_{t≠s} V_t B^s_ts ∘ A_sr L_rr Σ_l Q_l',
  fdc: 'Σ_{t≠s} V_t (B_ts − B^s_ts) ∘ E_sr',
};

const sink = {
  vax1: 'VB ∘ Y_sr',
  vax2: 'P Y_rr',
  vax3: 'P Σ_{j≠r,s} Y_rj',
  vax4: 'P Σ_{l≠s} Q_l',
  ref1: 'P Y_rs',
  ref2: 'P Q_s',
  ddc: 'VB ∘ d',
  fva1: 'Σ_{t≠s} V_t B_ts ∘ Y_sr',
  fva2: 'Σ_{t≠s} V_t B_ts ∘ A_sr L_rr Y_rr',
  fva3: 'Σ_{t≠s} V_t B_ts ∘ A_sr L_rr Σ_{j≠r} Y_rj',
  fva4: 'Σ_{t≠s} V_t B_ts ∘ A_sr L_rr Σ_l Q_l',
  fdc: 'Σ_{t≠s} V_t B_ts ∘ d',
};

const wwz = {
  dva_fin: 'VB ∘ Y_sr',
  dva_int: 'VL ∘ A_sr B_rr Y_rr',
  dva_intrex1: 'VL ∘ A_sr Σ_{t≠s,r} B_rt Y_tt',
  dva_intrex2: 'VL ∘ A_sr B_rr Σ_{t≠s,r} Y_rt',
  dva_intrex3: 'VL ∘ A_sr Σ_{t≠s,r} B_rt Σ_{u≠s,t} Y_tu',
  rdv_fin1: 'VL ∘ A_sr B_rr Y_rs',
  rdv_fin2: 'VL ∘ A_sr Σ_{t≠s,r} B_rt Y_ts',
  rdv_int: 'VL ∘ A_sr B_rs Y_ss',
  ddc_fin: 'VL ∘ A_sr B_rs Σ_{t≠s} Y_st',
  ddc_int: '(VB − VL) ∘ A_sr x_r',
  mva_fin: 'V_r B_rs ∘ Y_sr',
  mva_int: 'V_r B_rs ∘ A_sr L_rr Y_rr',
  mdc: 'V_r B_rs ∘ A_sr L_rr E_r',
  ova_fin: 'Σ_{t≠s,r} V_t B_ts ∘ Y_sr',
  ova_int: 'Σ_{t≠s,r} V_t B_ts ∘ A_sr L_rr Y_rr',
  odc: 'Σ_{t≠s,r} V_t B_ts ∘ A_sr L_rr E_r',
};

const kww = {
  dva_fin: 'V_s Σ_r B_ss Y_sr',
  dva_int: 'V_s Σ_r B_sr Y_rr',
  dva_intrex: 'V_s Σ_r Σ_{t≠s,r} B_sr Y_rt',
  rdv_fin: 'V_s Σ_r B_sr Y_rs',
  rdv_int: 'V_s Σ_r B_sr A_rs L_ss Y_ss',
  ddc: 'V_s Σ_r B_sr A_rs L_ss E_s',
  fva_fin: 'Σ_{t≠s} V_t B_ts Σ_r Y_sr',
  fva_int: 'Σ_{t≠s} V_t B_ts Σ_r A_sr L_rr Y_rr',
  fdc: 'Σ_{t≠s} V_t B_ts Σ_r A_sr L_rr E_r',
};

const miroudotYe = {
  dva: 'VL ∘ E_sr',
  ddc: 'V_s (B_ss − L_ss) ∘ E_sr',
  fva: 'Σ_{t≠s} V_t B^s_ts ∘ E_sr',
  fdc: 'Σ_{t≠s} V_t (B_ts − B^s_ts) ∘ E_sr',
};

const oecd = {
  exgr_ddc: 'V_i (L_ss)_ii E_i',
  exgr_idc: '(VL − V_i (L_ss)_ii) ∘ E_sr',
  exgr_rim: 'V_s (B_ss − L_ss) ∘ E_sr',
  exgr_fva: 'Σ_{t≠s} V_t B_ts ∘ E_sr',
};

const equations: Record<Method, Record<string, string>> = {
  'borin-mancini-source': source,
  'borin-mancini-sink': sink,
  wwz,
  kww,
  'miroudot-ye': miroudotYe,
  oecd,
};

export const equationOf = (method: Method, term: string): string => equations[method][term] ?? '';

/** The symbols behind the equations of a method, each with what it stands for as an equation. */
export function symbolsOf(method: Method): [string, string][] {
  const common: [string, string][] = [
    ['A', 'Z diag(x)⁻¹'],
    ['B', '(I − A)⁻¹'],
    ['V', "1' − 1'A"],
    ['L_ss', '(I − A_ss)⁻¹'],
    ['E_sr', 'A_sr x_r + Y_sr'],
    ['VL', 'V_s L_ss'],
  ];
  const own: [string, string] = ['B^s', '(I − A^s)⁻¹, A^s: A_sr = 0, r ≠ s'];
  if (method === 'borin-mancini-source') {
    return [...common, own, ['P', 'VL ∘ A_sr L_rr'], ['Q_l', 'Σ_{j≠r} A_rj Σ_k B_jk Y_kl']];
  }
  if (method === 'borin-mancini-sink') {
    return [
      ...common,
      own,
      ['VB', 'V_s B_ss'],
      ['P', 'VB ∘ A_sr L_rr'],
      ['Q_l', 'Σ_{j≠r} A_rj Σ_k B^s_jk Y^s_kl'],
      ['d', 'A_sr L_rr Σ_{j≠r} A_rj B^s_js E_s'],
    ];
  }
  if (method === 'wwz') return [...common, ['VB', 'V_s B_ss']];
  return method === 'miroudot-ye' ? [...common, own] : common;
}

export const measureEquations = {
  domestic_value_added: '100 Σ_{i∈s} V_i (B E_s)_i / E_s',
  high_technology: '100 Σ_{i∈s, high} V_i (B E_s)_i / Σ_{i∈s} V_i (B E_s)_i',
  position: 'ln(1 + DVX_s / E_s) − ln(1 + FVA_s / E_s)',
  value_added_per_worker: 'Σ_{i∈s} v_i / Σ_{i∈s} workers_i',
  foreign_reliance: '100 Σ_{p strong} FVA_sp / Σ_{p strong} E_sp',
} as const;

export const placeEquations = {
  upstreamness: 'U = (I − diag(x)⁻¹ Z̃)⁻¹ 1',
  downstreamness: "D = 1' (I − Z̃ diag(x)⁻¹)⁻¹",
  smile: 'c = (v / x) ∘ (L̃ ỹ),  U − D against v / x',
} as const;

/**
 * Words of the analyses' declarations in another language: whole texts (questions, help, titles,
 * meanings) by their English, names of columns and parameters, units. English needs none.
 */
export const declaration = {
  texts: {} as Record<string, string>,
  names: {} as Record<string, string>,
  unit: (unit: string) => unit,
  /** A sentence of a report, with the names of the chain in it. */
  sentence: (text: string, _shown: (name: string) => string): string => text,
  /** Choices of parameters. */
  choices: {} as Record<string, string>,
  /** Texts that tables hold in place of numbers: "yes", "stuck". */
  values: {} as Record<string, string>,
};

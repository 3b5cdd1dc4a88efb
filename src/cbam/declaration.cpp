#include "cbam/declaration.hpp"

#include "stave/formats/cbam_file.hpp"

namespace stave {
namespace {

constexpr auto text_cell = ColumnType::text;
constexpr auto whole_cell = ColumnType::integer;
constexpr auto real_cell = ColumnType::real;
constexpr auto per_tonne = "t CO2e / t";

std::vector<Parameter> cbam_parameters() {
  return {
      {.name = "goods",
       .type = ParameterType::input_file,
       .summary = "The goods (TOML): what they were made from, precursors, default values, imports",
       .required = true,
       .positional = true},
      {.name = "price",
       .type = ParameterType::real,
       .summary = "Of a certificate, in place of the file's",
       .unit = "EUR / t CO2e",
       .min = 0,
       .max = 1'000'000},
      {.name = "year",
       .type = ParameterType::integer,
       .summary = "Of import, in place of the file's; without either the first",
       .min = first_cbam_year,
       .max = last_cbam_year}};
}

std::vector<TableSpec> emission_tables() {
  return {
      {"goods",
       "Embedded emissions of each good",
       {{"good", text_cell, {}, "The good"},
        {"sector", text_cell, {}, "Of the regulation"},
        {"direct", real_cell, per_tonne, "With those of its precursors"},
        {"indirect", real_cell, per_tonne, "Of electricity, with those of its precursors"},
        {"counted", real_cell, per_tonne, "What certificates are owed for, before deductions"},
        {"counts", text_cell, {}, "direct, or direct and indirect"},
        {"own_direct", real_cell, per_tonne, "Attributed to its own process"},
        {"own_indirect", real_cell, per_tonne, "Attributed to its own process"},
        {"by_default", real_cell, "%", "Of what counts: what rests on default values"},
        {"made", real_cell, "t", "Over the period; empty where it is declared by default value"},
        {"imported", real_cell, "t / year", "Into the European Union"},
        {"code", text_cell, {}, "Of the combined nomenclature"}}},
      {"parts",
       "What each good's emissions are made of, 100 % together",
       {{"good", text_cell, {}, "The good"},
        {"part", text_cell, {}, "Its own process, or a precursor"},
        {"direct", real_cell, per_tonne, "In one tonne of the good"},
        {"indirect", real_cell, per_tonne, "In one tonne of the good"},
        {"share", real_cell, "%", "Of direct and indirect together"},
        {"mass", real_cell, "t / t", "Of the precursor in the good"},
        {"from", text_cell, {}, "own process, good of the file, supplier or default value"},
        {"supplier", text_cell, {}, "Who sells it"}}},
      {"streams",
       "What the emissions of each process were computed from",
       {{"good", text_cell, {}, "Whose process"},
        {"stream", text_cell, {}, "What it takes in or gives off"},
        {"kind",
         text_cell,
         {},
         "fuel, process, carbon, emission, heat, waste_gas, electricity "
         "or generated"},
        {"amount", real_cell, {}, "As the file states it"},
        {"unit", text_cell, {}, "Of the amount"},
        {"direct", real_cell, "t CO2e", "Over the period; below 0 where it is deducted"},
        {"indirect", real_cell, "t CO2e", "Over the period"},
        {"source", text_cell, {}, "Of the factor"}}}};
}

std::vector<TableSpec> money_tables() {
  return {
      {"certificates",
       "Certificates owed in the year",
       {{"good", text_cell, {}, "The good"},
        {"imported", real_cell, "t / year", "Into the European Union"},
        {"counted", real_cell, per_tonne, "Embedded emissions that count"},
        {"adjustment", real_cell, per_tonne, "Free allocation, its precursors' included"},
        {"gross", real_cell, "certificates", "Before what was paid abroad"},
        {"paid", real_cell, "certificates", "That carbon prices paid abroad stand for"},
        {"owed", real_cell, "certificates", "To be surrendered"},
        {"cost", real_cell, "EUR / year", "At the price"},
        {"default_owed", real_cell, "certificates",
         "If the good were declared by its default value"},
        {"default_more", real_cell, "EUR / year", "What that would cost more"}}},
      {"suppliers",
       "Whom to ask first: what suppliers' figures change",
       {{"good", text_cell, {}, "What the precursor goes into"},
        {"precursor", text_cell, {}, "The precursor"},
        {"supplier", text_cell, {}, "Who sells it"},
        {"used", text_cell, {}, "supplier: the figure stated; default value: it has stated none"},
        {"direct", real_cell, per_tonne, "Of the precursor, as used"},
        {"indirect", real_cell, per_tonne, "Of the precursor, as used"},
        {"other", text_cell, {}, "What it is compared with"},
        {"other_direct", real_cell, per_tonne, "As compared with"},
        {"other_indirect", real_cell, per_tonne, "As compared with"},
        {"certificates", real_cell, "certificates", "Fewer with the figure than by default value"},
        {"money", real_cell, "EUR / year", "Saved by the figure, or to be saved by asking"},
        {"at_stake", real_cell, "EUR / year", "What the precursor costs in certificates, as used"},
        {"source", text_cell, {}, "Of what is used"}}},
      {"years",
       "The same imports, year by year",
       {{"year", whole_cell, {}, "Of import"},
        {"good", text_cell, {}, "The good"},
        {"free", real_cell, "%", "Of the benchmarks still allocated for free"},
        {"counted", real_cell, per_tonne, "With the mark-ups of the year"},
        {"adjustment", real_cell, per_tonne, "Free allocation"},
        {"owed", real_cell, "certificates", "To be surrendered"},
        {"cost", real_cell, "EUR / year", "At the price"}}}};
}

std::vector<TableSpec> rule_tables() {
  return {{"defaults",
           "Default values",
           {{"default", text_cell, {}, "The default value"},
            {"direct", real_cell, per_tonne, "Before the mark-up"},
            {"indirect", real_cell, per_tonne, "Before the mark-up"},
            {"markup", real_cell, "%", "Of the year"},
            {"marked_direct", real_cell, per_tonne, "As it counts"},
            {"marked_indirect", real_cell, per_tonne, "As it counts"},
            {"benchmark", real_cell, per_tonne, "Of free allocation"},
            {"source", text_cell, {}, "As the file states it"}}},
          {"rules",
           "Which emissions count",
           {{"sector", text_cell, {}, "Of the regulation"},
            {"counts", text_cell, {}, "direct, or direct and indirect"},
            {"source", text_cell, {}, "In law"}}}};
}

Declaration make_cbam_declaration() {
  Declaration d;
  d.name = "cbam";
  d.question = "What does the EU's carbon border adjustment cost, and whom to ask for figures?";
  d.summary =
      "Embedded emissions of goods with precursors as Implementing Regulation (EU) 2023/1773 "
      "defines them: what each production process answers for (fuels, materials, carbon, heat, "
      "waste gas, electricity) and what its precursors bring, per tonne, direct and indirect "
      "apart; precursors that are goods of the same file, with a supplier's figure, or by default "
      "value with its mark-up. Then the certificates owed: free allocation deducted by the year's "
      "factor, carbon prices paid abroad deducted, at a price; year by year until 2034. And "
      "precursor by precursor what suppliers' figures change against default values, so that it "
      "is known whom to ask first. No legal advice.";
  d.parameters = cbam_parameters();
  for (const auto& tables : {emission_tables(), money_tables(), rule_tables()})
    d.tables.insert(d.tables.end(), tables.begin(), tables.end());
  d.examples = {
      {"stave cbam goods.toml", "What is owed for these goods, and whom should I ask first?"},
      {"stave cbam goods.toml --price 120 --year 2030", "At another price, some years on?"},
      {"stave cbam goods.toml --csv --table suppliers", "The list of suppliers, to paste."}};
  d.papers = {
      "Regulation (EU) 2023/956 of 10 May 2023 establishing a carbon border adjustment mechanism, "
      "articles 7, 9, 22 and 31, annexes I to IV",
      "Commission Implementing Regulation (EU) 2023/1773 of 17 August 2023, annexes III and IV",
      "Directive 2003/87/EC, article 10a(1a), as amended by Directive (EU) 2023/959",
      "Commission Implementing Regulations (EU) 2025/2547 (methods), 2025/2620 (free allocation) "
      "and 2025/2621 (default values)"};
  d.method = "cbam";
  d.file_template = std::string(cbam_template());
  d.chain_optional = true;
  return d;
}

}  // namespace

const Declaration& cbam_declaration() {
  static const Declaration declaration = make_cbam_declaration();
  return declaration;
}

}  // namespace stave

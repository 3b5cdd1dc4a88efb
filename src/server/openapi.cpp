#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "server/json_face.hpp"

namespace stave {
namespace {

using Schema = nlohmann::ordered_json;

Schema reference(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

Schema word() { return {{"type", "string"}}; }
Schema count() { return {{"type", "integer"}, {"minimum", 0}}; }
Schema maybe_number() { return {{"type", {"number", "null"}}}; }
Schema moment() { return {{"type", "string"}, {"format", "date-time"}}; }
Schema yes_or_no(const char* meaning) { return {{"type", "boolean"}, {"description", meaning}}; }
Schema about(Schema schema, const char* meaning) {
  schema["description"] = meaning;
  return schema;
}
Schema list(Schema items) { return {{"type", "array"}, {"items", std::move(items)}}; }

// Every property is always there, unless said otherwise.
Schema object(Schema properties) {
  auto names = Schema::array();
  for (const auto& [name, schema] : properties.items()) names.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", names}};
}

Schema words(std::initializer_list<const char*> names) {
  auto properties = Schema::object();
  for (const auto* name : names) properties[name] = word();
  return properties;
}

Schema with(Schema properties, const Schema& more) {
  properties.update(more);
  return properties;
}

Schema run_name() {
  return {{"type", "string"}, {"maxLength", 200}, {"description", "that its asker gave it"}};
}

Schema info_properties() {
  return with(words({"name", "title", "title_zh", "unit", "currency", "classification", "source",
                     "licence"}),
              {{"year", {{"type", "integer"}}},
               {"notes", list(word())},
               {"nodes", count()},
               {"flows", count()},
               {"file_bytes", count()},
               {"modified", moment()},
               {"sample", yes_or_no("it comes with Stave")},
               {"removable", yes_or_no("it was imported here and can be deleted")}});
}

Schema chain_schemas() {
  const auto counts = Schema{{"regions", count()}, {"products", count()}, {"stressors", count()}};
  const auto item = object(words({"code", "name", "name_zh", "part_of"}));
  const auto named = object(words({"name", "unit"}));
  return {{"ChainSummary", object(with(info_properties(), counts))},
          {"Chains", object({{"chains", list(reference("ChainSummary"))}})},
          {"Item", item},
          {"Chain", object(with(info_properties(),
                                {{"regions", list(reference("Item"))},
                                 {"products", list(reference("Item"))},
                                 {"stressors", list(object(words({"name", "unit", "quality"})))},
                                 {"node_attributes", list(named)},
                                 {"region_attributes", list(named)}}))},
          {"Node", object(with(words({"id", "label", "name_zh", "region", "product"}),
                               {{"output", {{"type", "number"}}}}))},
          {"Nodes", object({{"nodes", list(reference("Node"))}})}};
}

Schema analysis_schemas() {
  const auto parameter = object(with(words({"name", "type", "summary", "default", "unit"}),
                                     {{"min", maybe_number()},
                                      {"max", maybe_number()},
                                      {"choices", list(word())},
                                      {"required", {{"type", "boolean"}}}}));
  const auto table =
      object(with(words({"name", "title"}),
                  {{"columns", list(object(words({"name", "type", "unit", "meaning"})))}}));
  return {{"AnalysisSummary", object(with(words({"name", "question"}), {{"needs", list(word())}}))},
          {"Analyses", object({{"analyses", list(reference("AnalysisSummary"))}})},
          {"Parameter", parameter},
          {"Analysis", object(with(words({"name", "question", "summary"}),
                                   {{"needs", list(word())},
                                    {"parameters", list(reference("Parameter"))},
                                    {"tables", list(table)},
                                    {"examples", list(object(words({"command", "answers"})))},
                                    {"papers", list(word())}}))}};
}

Schema run_schemas() {
  const Schema states = {
      {"type", "string"},
      {"enum", {"queued", "running", "done", "failed", "cancelled", "interrupted"}}};
  const Schema error_or_none = {{"anyOf", {reference("Error"), {{"type", "null"}}}}};
  const Schema parameters = {{"type", "object"}, {"additionalProperties", word()}};
  const auto table = object(with(words({"name", "title"}), {{"rows", count()}}));
  const auto run =
      with(words({"name", "chain", "analysis", "asked", "begun", "ended", "stage", "title"}),
           {{"id", count()},
            {"parameters", parameters},
            {"state", states},
            {"seconds", about(maybe_number(), "it took; null until it has ended")},
            {"progress", {{"type", "number"}, {"minimum", 0}, {"maximum", 1}}},
            {"seconds_left", about(maybe_number(), "of this stage")},
            {"tables", list(table)},
            {"report", yes_or_no("there is one to read")},
            {"error", error_or_none}});
  return {
      {"Run", object(run)},
      {"Runs", object({{"runs", list(reference("Run"))}})},
      {"RunName", object({{"name", run_name()}})},
      {"Report",
       {{"type", "object"},
        {"description", "As stave ANALYSIS --json prints it; docs/report.md says what it holds."},
        {"additionalProperties", true}}},
      {"Error", object(words({"code", "message", "hint"}))}};
}

Schema import_schemas() {
  Schema order = object({{"name", about(word(), "of the new chain")},
                         {"uploads", about(list(word()),
                                           "a file, or the files of a folder; one "
                                           "that ends in .toml describes them")},
                         {"format", about(word(), "one of /api/formats; empty: recognise it")},
                         {"replace", yes_or_no("take the place of a chain imported before")}});
  order["required"] = {"name", "uploads"};
  return {{"Upload", object({{"upload", word()}, {"bytes", count()}})},
          {"ImportRequest", order},
          {"Format", object(words({"name", "title", "example"}))},
          {"Formats", object({{"formats", list(reference("Format"))}})}};
}

Schema server_schemas() {
  const Schema role = {{"type", "string"}, {"enum", {"editor", "viewer"}}};
  return {{"Me", object({{"role", role},
                         {"local", yes_or_no("the server listens on its own computer only")}})},
          {"Health",
           object(with(words({"status", "version"}),
                       {{"workers", about(count(), "runs at a time")},
                        {"queue", about(count(), "runs that may wait")},
                        {"threads", about(count(), "processor threads of an analysis; 0: unknown")},
                        {"run_minutes", {{"type", "number"}, {"description", "0: any"}}},
                        {"memory_bytes", about(count(), "in use until a run may begin; 0: any")},
                        {"memory_held", about(count(), "bytes in use now")},
                        {"upload_bytes", about(count(), "a file may have")}}))}};
}

Schema parameter_schema(const Parameter& p) {
  Schema schema = word();
  if (p.type == ParameterType::integer) schema["type"] = {"integer", "string"};
  if (p.type == ParameterType::real) schema["type"] = {"number", "string"};
  if (p.type == ParameterType::flag) schema["type"] = {"boolean", "string"};
  if (!p.choices.empty()) schema["enum"] = p.choices;
  if (p.min) schema["minimum"] = *p.min;
  if (p.max) schema["maximum"] = *p.max;
  if (!p.fallback.empty()) schema["default"] = p.fallback;
  schema["description"] = p.unit.empty() ? p.summary : fmt::format("{} [{}]", p.summary, p.unit);
  if (p.type == ParameterType::chains)
    schema["description"] = p.summary + ": names of chains, separated by commas";
  if (p.type == ParameterType::input_file)
    schema["description"] = p.summary + ": what the file holds, not its name";
  return schema;
}

// {chain, analysis: "exposure", parameters: what that analysis takes}
Schema request_schema(const Declaration& d) {
  auto properties = Schema::object();
  auto required = Schema::array();
  for (const auto& p : d.parameters) {
    if (p.type == ParameterType::kept_file) continue;
    properties[p.name] = parameter_schema(p);
    if (p.required && p.fallback.empty()) required.push_back(p.name);
  }
  Schema parameters = {
      {"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) parameters["required"] = required;
  Schema schema = object({{"chain", word()},
                          {"analysis", {{"type", "string"}, {"const", d.name}}},
                          {"parameters", parameters},
                          {"name", run_name()},
                          {"reuse", yes_or_no("an equal run that is done or under way will do")}});
  schema["description"] = d.question;
  schema["required"] = {"chain", "analysis"};
  if (!required.empty()) schema["required"].push_back("parameters");
  return schema;
}

Schema schemas_of(const std::vector<Analysis>& analyses) {
  auto schemas = chain_schemas();
  schemas.update(analysis_schemas());
  for (const auto& more : {run_schemas(), import_schemas(), server_schemas()}) schemas.update(more);
  auto kinds = Schema::array();
  auto mapping = Schema::object();
  for (const auto& analysis : analyses) {
    const auto& d = analysis.declaration;
    const auto name = "RunRequest_" + d.name;
    schemas[name] = request_schema(d);
    kinds.push_back(reference(name));
    mapping[d.name] = "#/components/schemas/" + name;
  }
  schemas["RunRequest"] = {{"oneOf", kinds},
                           {"discriminator", {{"propertyName", "analysis"}, {"mapping", mapping}}}};
  return schemas;
}

Schema content(const std::vector<std::string>& types, const std::string& schema) {
  auto by_type = Schema::object();
  for (const auto& type : types) {
    const bool json = type == "application/json";
    auto& one = by_type[type]["schema"];
    if (!schema.empty())
      one = reference(schema);
    else if (json)
      one = {{"type", "object"}, {"additionalProperties", true}};
    else if (type.starts_with("text/"))
      one = word();
    else
      one = Schema::object();  // bytes
  }
  return by_type;
}

Schema parameters_of(const Route& route) {
  auto parameters = Schema::array();
  const auto segments = path_segments(route.pattern).value();
  for (const auto& segment : segments)
    if (segment.starts_with('{'))
      parameters.push_back({{"name", segment.substr(1, segment.size() - 2)},
                            {"in", "path"},
                            {"required", true},
                            {"schema", word()}});
  for (const auto& q : route.query) {
    parameters.push_back({{"name", q.name},
                          {"in", "query"},
                          {"description", q.summary},
                          {"required", false},
                          {"schema", word()}});
    if (!q.example.empty()) parameters.back()["example"] = q.example;
  }
  if (route.free_query)
    parameters.push_back({{"name", "parameters"},
                          {"in", "query"},
                          {"description", "those of the analysis, each by its name"},
                          {"required", false},
                          {"style", "form"},
                          {"explode", true},
                          {"schema", {{"type", "object"}, {"additionalProperties", word()}}},
                          {"example", {{"region", "CHN"}}}});
  return parameters;
}

Schema body_of(const Body& body) {
  Schema media = Schema::object();
  if (!body.schema.empty()) media["schema"] = reference(body.schema);
  if (!body.example.empty()) media["example"] = Schema::parse(body.example);
  return {{"required", true}, {"content", {{body.type, media}}}};
}

Schema operation_of(const Route& route) {
  Schema operation = {{"operationId", route.id}, {"summary", route.summary}};
  if (auto parameters = parameters_of(route); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (route.body) operation["requestBody"] = body_of(*route.body);
  auto& responses = operation["responses"];
  for (const int status : route.statuses) {
    auto& good = responses[std::to_string(status)];
    good["description"] = route.summary;
    if (status != 204) good["content"] = content(route.types, route.schema);
  }
  for (const int status : route.refusals)
    responses[std::to_string(status)] = {{"$ref", "#/components/responses/Refused"}};
  responses["default"] = {{"$ref", "#/components/responses/Refused"}};
  return operation;
}

}  // namespace

std::string openapi_json(const std::vector<Route>& routes, const std::vector<Analysis>& analyses) {
  auto paths = Schema::object();
  for (const auto& route : routes) {
    auto method = route.method;
    for (auto& c : method) c = static_cast<char>(c - 'A' + 'a');
    paths[route.pattern][method] = operation_of(route);
  }
  const Schema document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Stave"},
        {"summary", "Chains, analyses and their runs"},
        {"version", version()},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", Schema::array({Schema{{"url", "/"}}})},
      {"security", Schema::array({Schema::object(), Schema{{"token", Schema::array()}}})},
      {"paths", paths},
      {"components",
       {{"schemas", schemas_of(analyses)},
        {"responses",
         {{"Refused",
           {{"description", "Why not: a code, a message and a hint"},
            {"content", content({"application/json"}, "Error")}}}}},
        {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
  return document.dump(2) + "\n";
}

}  // namespace stave

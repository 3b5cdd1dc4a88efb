#include "server/json_face.hpp"

#include "stave/core/error.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace stave {
namespace {

using Face = nlohmann::ordered_json;

// Names come from users' files: what is not UTF-8 is replaced, never thrown over.
std::string dumped(const Face& json, int indent = 2) {
  return json.dump(indent, ' ', false, Face::error_handler_t::replace) + "\n";
}

Face face_of(const ChainInfo& info) {
  return {
      {"title", info.title},   {"title_zh", info.title_zh}, {"year", info.year},
      {"unit", info.unit},     {"currency", info.currency}, {"classification", info.classification},
      {"source", info.source}, {"licence", info.licence},   {"notes", info.notes}};
}

Face face_of(const ChainInfo& info, const std::string& name) {
  Face json = {{"name", name}};
  json.update(face_of(info));
  return json;
}

Face face_of(const Classification& classification) {
  auto items = Face::array();
  for (const auto& item : classification.items())
    items.push_back({{"code", item.code},
                     {"name", item.name},
                     {"name_zh", item.name_zh},
                     {"part_of", item.parent}});
  return items;
}

Face face_of(const std::vector<Attribute>& attributes) {
  auto list = Face::array();
  for (const auto& a : attributes) list.push_back({{"name", a.name}, {"unit", a.unit}});
  return list;
}

Face number_or_null(const std::optional<double>& number) {
  return number ? Face(*number) : Face(nullptr);
}

Face face_of(const Parameter& p) {
  return {{"name", p.name},
          {"type", to_string(p.type)},
          {"summary", p.summary},
          {"default", p.fallback},
          {"unit", p.unit},
          {"min", number_or_null(p.min)},
          {"max", number_or_null(p.max)},
          {"choices", p.choices},
          {"required", p.required}};
}

Face face_of(const TableSpec& table) {
  auto columns = Face::array();
  for (const auto& c : table.columns)
    columns.push_back(
        {{"name", c.name}, {"type", to_string(c.type)}, {"unit", c.unit}, {"meaning", c.meaning}});
  return {{"name", table.name}, {"title", table.title}, {"columns", columns}};
}

Face face_of(const RunView& view) {
  auto parameters = Face::object();
  for (const auto& [name, value] : view.question.parameters) parameters[name] = value;
  auto tables = Face::array();
  for (const auto& t : view.tables)
    tables.push_back({{"name", t.name}, {"title", t.title}, {"rows", t.rows}});
  Face json = {{"id", view.id},
               {"name", view.name},
               {"chain", view.question.chain},
               {"analysis", view.question.analysis},
               {"parameters", parameters},
               {"state", to_string(view.state)},
               {"asked", view.asked},
               {"begun", view.begun},
               {"ended", view.over},
               {"seconds", number_or_null(view.seconds)},
               {"stage", view.stage},
               {"progress", view.done},
               {"seconds_left", number_or_null(view.seconds_left)},
               {"title", view.title},
               {"tables", tables},
               {"report", view.report},
               {"error", nullptr}};
  if (!view.code.empty())
    json["error"] = {{"code", view.code}, {"message", view.message}, {"hint", view.hint}};
  return json;
}

Face face_of(const ShelfEntry& entry) {
  auto json = face_of(entry.summary.info, entry.name);
  json["nodes"] = entry.summary.nodes;
  json["flows"] = entry.summary.flows;
  json["file_bytes"] = entry.file_bytes;
  json["modified"] = entry.modified;
  json["sample"] = entry.sample;
  json["removable"] = entry.removable;
  return json;
}

template <class Items, class Make>
Face list_of(const Items& items, Make make) {
  auto list = Face::array();
  for (const auto& item : items) list.push_back(make(item));
  return list;
}

std::string folded(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

// A parameter as a user would type it.
std::string parameter_text(const std::string& name, const Face& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
  if (value.is_number()) return value.dump();
  if (value.is_null()) return {};
  throw Error(Errc::bad_input, fmt::format("parameter '{}' is neither text nor a number", name));
}

template <class Read>
auto read_body(const std::string& text, const char* what, const char* shape, Read read) {
  try {
    return read(Face::parse(text));
  } catch (const Face::exception&) {
    throw Error(Errc::bad_input, fmt::format("the body is not JSON that {}", what),
                std::string("For example: ") + shape);
  }
}

void shorten(std::string& text) {
  constexpr std::size_t longest = 1000;
  if (text.size() <= longest) return;
  text.resize(longest);
  text += "...";
}

std::string checked_name(const std::string& name) {
  constexpr std::size_t longest = 200;
  if (name.size() > longest)
    throw Error(Errc::bad_input, fmt::format("a name may have {} bytes", longest));
  return name;
}

}  // namespace

std::string chains_json(const std::vector<ShelfEntry>& entries) {
  return dumped({{"chains", list_of(entries, [](const ShelfEntry& entry) {
                    auto json = face_of(entry);
                    json["regions"] = entry.summary.regions;
                    json["products"] = entry.summary.products;
                    json["stressors"] = entry.summary.stressors;
                    return json;
                  })}});
}

std::string chain_json(const ShelfEntry& entry, const Chain& chain) {
  auto json = face_of(entry);
  json["regions"] = face_of(chain.regions());
  json["products"] = face_of(chain.products());
  json["stressors"] = list_of(chain.stressor_rows(), [](const Stressor& s) {
    return Face{{"name", s.name}, {"unit", s.unit}, {"quality", to_string(s.quality)}};
  });
  json["node_attributes"] = face_of(chain.node_attributes());
  json["region_attributes"] = face_of(chain.region_attributes());
  return dumped(json);
}

std::vector<NodeHit> find_nodes(const Chain& chain, std::string_view words, std::size_t most) {
  const auto wanted = folded(words);
  const auto parts = words_of(wanted);
  std::vector<NodeHit> first;
  std::vector<NodeHit> others;
  for (std::size_t i = 0; i < chain.size() && first.size() < most; ++i) {
    const NodeId id(i);
    const auto& node = chain.node(id);
    const auto code = folded(node.id);
    if (code.starts_with(wanted)) {
      first.push_back({id, chain.label(id)});
    } else if (others.size() < most) {
      auto label = chain.label(id);
      const auto text = folded(fmt::format("{}\n{}\n{}\n{}\n{}", code, label, node.name_zh,
                                           chain.regions()[node.region].name_zh,
                                           chain.products()[node.product].name_zh));
      if (std::ranges::all_of(
              parts, [&](const auto& part) { return text.find(part) != std::string::npos; }))
        others.push_back({id, std::move(label)});
    }
  }
  for (auto& hit : others)
    if (first.size() < most) first.push_back(std::move(hit));
  return first;
}

std::string nodes_json(const Chain& chain, const std::vector<NodeHit>& hits) {
  return dumped({{"nodes", list_of(hits, [&](const NodeHit& hit) {
                    const auto& node = chain.node(hit.node);
                    return Face{{"id", node.id},
                                {"label", hit.label},
                                {"name_zh", node.name_zh},
                                {"region", chain.regions()[node.region].code},
                                {"product", chain.products()[node.product].code},
                                {"output", chain.output()[hit.node.at()]}};
                  })}});
}

std::string analyses_json(const std::vector<Analysis>& analyses) {
  return dumped({{"analyses", list_of(analyses, [](const Analysis& analysis) {
                    const auto& d = analysis.declaration;
                    return Face{{"name", d.name}, {"question", d.question}, {"needs", d.needs}};
                  })}});
}

std::string analysis_json(const Declaration& d) {
  auto parameters = Face::array();
  for (const auto& p : d.parameters)
    if (p.type != ParameterType::kept_file) parameters.push_back(face_of(p));
  return dumped({{"name", d.name},
                 {"question", d.question},
                 {"summary", d.summary},
                 {"needs", d.needs},
                 {"parameters", parameters},
                 {"tables", list_of(d.tables, [](const auto& table) { return face_of(table); })},
                 {"examples", list_of(d.examples,
                                      [](const Example& e) {
                                        return Face{{"command", e.command}, {"answers", e.answers}};
                                      })},
                 {"papers", d.papers}});
}

std::string run_json(const RunView& view, int indent) { return dumped(face_of(view), indent); }

// What a file parameter held would make a long list of it.
std::string runs_json(const std::vector<RunView>& views) {
  return dumped({{"runs", list_of(views, [](RunView view) {
                    for (auto& [name, value] : view.question.parameters) shorten(value);
                    return face_of(view);
                  })}});
}

RunOrder run_order_from_json(const std::string& text) {
  constexpr auto shape = R"({"chain": "world-2011", "analysis": "exposure", "parameters": {}})";
  return read_body(text, "asks for a run", shape, [](const Face& json) {
    RunOrder order;
    order.question.chain = json.at("chain").get<std::string>();
    order.question.analysis = json.at("analysis").get<std::string>();
    const auto parameters = json.value("parameters", Face::object());
    for (const auto& [name, value] : parameters.items())
      order.question.parameters[name] = parameter_text(name, value);
    order.name = checked_name(json.value("name", ""));
    order.reuse = json.value("reuse", false);
    return order;
  });
}

std::string name_from_json(const std::string& text) {
  return read_body(text, "names a run", R"({"name": "First look"})", [](const Face& json) {
    return checked_name(json.at("name").get<std::string>());
  });
}

ImportOrder import_order_from_json(const std::string& text) {
  constexpr auto shape = R"({"name": "my-table", "uploads": ["0f3c"]})";
  return read_body(text, "asks for an import", shape, [](const Face& json) {
    ImportOrder order;
    order.name = json.at("name").get<std::string>();
    order.uploads = json.at("uploads").get<std::vector<std::string>>();
    order.format = json.value("format", "");
    order.replace = json.value("replace", false);
    constexpr std::size_t most_files = 100;
    if (order.uploads.empty() || order.uploads.size() > most_files)
      throw Error(Errc::bad_input, fmt::format("an import takes 1 to {} files", most_files));
    return order;
  });
}

std::string upload_json(const std::string& id, std::uint64_t bytes) {
  return dumped({{"upload", id}, {"bytes", bytes}});
}

std::string formats_json(const std::vector<Format>& formats) {
  return dumped(
      {{"formats", list_of(formats, [](const Format& format) {
          return Face{{"name", format.name}, {"title", format.reads}, {"example", format.example}};
        })}});
}

std::string me_json(Role role, bool local) {
  return dumped({{"role", role == Role::editor ? "editor" : "viewer"}, {"local", local}});
}

std::string health_json(const Health& health) {
  return dumped({{"status", "ok"},
                 {"version", version()},
                 {"workers", health.workers},
                 {"queue", health.queue},
                 {"threads", health.threads},
                 {"run_minutes", health.run_minutes},
                 {"memory_bytes", health.memory},
                 {"memory_held", health.memory_held},
                 {"upload_bytes", health.upload_bytes}});
}

std::string refusal_json(const Refusal& refusal) {
  return dumped({{"code", refusal.code()}, {"message", refusal.what()}, {"hint", refusal.hint()}});
}

}  // namespace stave

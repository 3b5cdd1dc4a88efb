#include "server/page.hpp"

#include "stave/core/error.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/answers.hpp"
#include "server/style.hpp"
#include "server/words.hpp"

namespace stave {
namespace {

constexpr std::size_t most_items = 500;  // of a list on a page

Answer html_answer(std::string_view title, const std::string& body, bool again = false) {
  auto text = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{}"
      "<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/style.css\">\n"
      "<title>{} - {}</title>\n</head>\n<body>\n<header><a href=\"/\">{}</a>"
      "<a href=\"/\">{}</a></header>\n<main>\n<h1>{}</h1>\n{}</main>\n</body>\n</html>\n",
      again ? "<meta http-equiv=\"refresh\" content=\"1\">\n" : "", html_text(title),
      words::product, words::product, words::back, html_text(title), body);
  return {.type = "text/html; charset=utf-8", .body = std::move(text)};
}

std::string link(const std::string& address, std::string_view text) {
  return fmt::format("<a href=\"{}\">{}</a>", html_text(address), html_text(text));
}

std::string heading(std::string_view text) { return fmt::format("<h2>{}</h2>\n", text); }

std::string soft(std::string_view text) {
  return fmt::format("<p class=\"soft\">{}</p>\n", html_text(text));
}

struct Head {
  std::string_view text;
  bool number = false;
};

// Cells are HTML already.
std::string grid(const std::vector<Head>& heads,
                 const std::vector<std::vector<std::string>>& rows) {
  std::string text = "<div class=\"scroller\" tabindex=\"0\"><table><thead><tr>";
  const auto kind = [](const Head& head) { return head.number ? " class=\"number\"" : ""; };
  for (const auto& head : heads)
    text += fmt::format("<th scope=\"col\"{}>{}</th>", kind(head), head.text);
  text += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    text += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      text += fmt::format("<td{}>{}</td>", kind(heads[i]), row[i]);
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

std::string whole(std::size_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string chain_list(const std::vector<ShelfEntry>& entries) {
  if (entries.empty()) return soft(words::no_chains);
  std::vector<std::vector<std::string>> rows;
  for (const auto& entry : entries) {
    const auto& s = entry.summary;
    rows.push_back({link("/chains/" + path_text(entry.name), entry.name), html_text(s.info.title),
                    s.info.year == 0 ? "" : std::to_string(s.info.year), html_text(s.info.unit),
                    whole(s.regions), whole(s.products), whole(s.nodes)});
  }
  return grid({{words::name},
               {words::title},
               {words::year, true},
               {words::unit},
               {words::regions, true},
               {words::products, true},
               {words::nodes, true}},
              rows);
}

std::string question_list(const std::vector<Analysis>& analyses, const std::string& chain = {}) {
  std::vector<std::vector<std::string>> rows;
  const auto tail = chain.empty() ? std::string() : "?chain=" + path_text(chain);
  for (const auto& analysis : analyses) {
    const auto& d = analysis.declaration;
    rows.push_back({link("/analyses/" + path_text(d.name) + tail, d.name), html_text(d.question)});
  }
  return grid({{words::name}, {words::question}}, rows);
}

std::string run_list(const std::vector<RunView>& views) {
  if (views.empty()) return soft(words::no_runs);
  std::vector<std::vector<std::string>> rows;
  for (const auto& view : views) {
    if (rows.size() == most_items) break;
    const auto text = view.title.empty()
                          ? fmt::format("{} {}", view.request.analysis, view.request.chain)
                          : view.title;
    rows.push_back({link(fmt::format("/runs/{}", view.id), text),
                    std::string(to_string(view.state)), html_text(view.asked)});
  }
  return grid({{words::run}, {words::state}, {words::asked}}, rows) +
         (views.size() > most_items ? soft(words::only_first) : "");
}

Answer start_page(const Desk& desk) {
  return html_answer(words::product, soft(words::promise) + heading(words::chains) +
                                         chain_list(desk.shelf.list()) + heading(words::questions) +
                                         question_list(desk.analyses) + heading(words::runs) +
                                         run_list(desk.runs.list()) + heading(words::interface) +
                                         "<p>" + link("/api/openapi.json", "/api/openapi.json") +
                                         "</p>\n");
}

std::string fact(std::string_view name, std::string_view value) {
  if (value.empty() || value == "0") return {};
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, html_text(value));
}

std::string item_list(std::string_view title, const Classification& classification) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : classification.items()) {
    if (rows.size() == most_items) break;
    rows.push_back({html_text(item.code), html_text(item.name), html_text(item.name_zh)});
  }
  return heading(title) + grid({{words::code}, {words::name}, {words::chinese_name}}, rows) +
         (classification.size() > most_items ? soft(words::only_first) : "");
}

std::string node_search(const Chain& chain, const std::string& wanted) {
  auto text =
      heading(words::nodes) +
      fmt::format(
          "<form class=\"search\" method=\"get\"><label>{}<input name=\"q\" type=\"search\" "
          "value=\"{}\"></label><button>{}</button></form>\n",
          words::search, html_text(wanted), words::find);
  if (wanted.empty()) return text;
  std::vector<std::vector<std::string>> rows;
  for (const auto& hit : find_nodes(chain, wanted, 50))
    rows.push_back({html_text(chain.node(hit.node).id), html_text(hit.label),
                    fmt::format("{:.6g}", chain.output()[hit.node.at()])});
  return text + (rows.empty() ? soft(words::nothing_found)
                              : grid({{words::code}, {words::name}, {words::output, true}}, rows));
}

Answer chain_page(const Desk& desk, const Asked& asked) {
  const auto& name = asked.path.find("name")->second;
  const auto chain = desk.shelf.open(name);
  const auto& about = chain->info();
  std::string facts = "<dl>\n";
  facts += fact(words::name, name) + fact(words::year, std::to_string(about.year)) +
           fact(words::unit, about.unit) + fact(words::classification, about.classification) +
           fact(words::source, about.source) + fact(words::licence, about.licence) +
           fact(words::nodes, whole(chain->size())) +
           fact(words::flows, whole(chain->flows().nonzeros()));
  for (const auto& s : chain->stressor_rows())
    facts += fact(words::stressors, fmt::format("{} [{}]", s.name, s.unit));
  for (const auto& note : about.notes) facts += fact(words::notes, note);
  const auto& title = about.title.empty() ? name : about.title;
  return html_answer(title, facts + "</dl>\n" + heading(words::questions) +
                                question_list(desk.analyses, name) +
                                node_search(*chain, asked.query_value("q")) +
                                item_list(words::regions, chain->regions()) +
                                item_list(words::products, chain->products()));
}

std::string option(std::string_view value, std::string_view chosen) {
  return fmt::format("<option value=\"{0}\"{1}>{0}</option>", html_text(value),
                     value == chosen ? " selected" : "");
}

std::string choice(const std::string& name, const std::vector<std::string>& choices,
                   const std::string& chosen) {
  auto text = fmt::format("<select name=\"{}\">", html_text(name));
  if (chosen.empty()) text += fmt::format("<option value=\"\">{}</option>", words::not_said);
  for (const auto& one : choices) text += option(one, chosen);
  return text + "</select>";
}

std::string number_field(const Parameter& p) {
  auto text =
      fmt::format("<input name=\"{}\" type=\"number\" step=\"{}\" value=\"{}\"", html_text(p.name),
                  p.type == ParameterType::integer ? "1" : "any", html_text(p.fallback));
  if (p.min) text += fmt::format(" min=\"{}\"", *p.min);
  if (p.max) text += fmt::format(" max=\"{}\"", *p.max);
  return text + (p.required ? " required>" : ">");
}

std::string field(const Parameter& p) {
  const auto name = "p-" + p.name;
  auto named = p;
  named.name = name;
  switch (p.type) {
    case ParameterType::integer:
    case ParameterType::real:
      return number_field(named);
    case ParameterType::flag:
      return choice(name, {"on", "off"}, p.fallback.empty() ? "off" : p.fallback);
    case ParameterType::choice:
      return choice(name, p.choices, p.fallback);
    case ParameterType::input_file:
      return fmt::format("<textarea name=\"{}\" maxlength=\"7000\"{}></textarea>", html_text(name),
                         p.required ? " required" : "");
    default:
      return fmt::format("<input name=\"{}\" value=\"{}\" list=\"{}s\"{}>", html_text(name),
                         html_text(p.fallback), to_string(p.type), p.required ? " required" : "");
  }
}

std::string labelled(const Parameter& p) {
  auto about = p.summary;
  if (!p.unit.empty()) about += fmt::format(" [{}]", p.unit);
  if (p.type == ParameterType::input_file) about += fmt::format(": {}", words::paste_file);
  if (p.required) about += fmt::format(" ({})", words::required);
  return fmt::format("<label>{}<small>{}</small>{}</label>\n", html_text(p.name), html_text(about),
                     field(p));
}

std::string codes(std::string_view id, const Classification& classification) {
  if (classification.size() > most_items) return {};
  auto text = fmt::format("<datalist id=\"{}\">", id);
  for (const auto& item : classification.items())
    text +=
        fmt::format("<option value=\"{}\">{}</option>", html_text(item.code), html_text(item.name));
  return text + "</datalist>\n";
}

// What a field may be filled with, where that takes no waiting: of a chain that is opened at once.
std::string suggestions(const Desk& desk, const std::vector<ShelfEntry>& entries,
                        const std::string& name) {
  constexpr std::size_t small = 2'000'000;
  const auto found = std::ranges::find(entries, name, &ShelfEntry::name);
  if (found == entries.end() || found->summary.flows > small) return {};
  const auto chain = desk.shelf.open(name);
  return codes("regions", chain->regions()) + codes("products", chain->products());
}

Answer question_page(const Desk& desk, const Asked& asked) {
  const auto& d = require_analysis_in(desk.analyses, asked.path.find("name")->second).declaration;
  const auto entries = desk.shelf.list();
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  auto chosen = asked.query_value("chain");
  if (chosen.empty() && !names.empty()) chosen = names.front();
  auto form = fmt::format(
      "<form method=\"post\" action=\"/runs\"><input type=\"hidden\" name=\"analysis\" "
      "value=\"{}\">\n<label>{}{}</label>\n",
      html_text(d.name), words::chain, choice("chain", names, chosen));
  for (const auto& p : d.parameters)
    if (p.type != ParameterType::kept_file) form += labelled(p);
  form += fmt::format("<button class=\"first\">{}</button></form>\n", words::ask) +
          suggestions(desk, entries, chosen);
  return html_answer(d.question, soft(d.summary) + heading(words::parameters) + form);
}

std::string end_button(const RunView& view) {
  return fmt::format("<form method=\"post\" action=\"/runs/{}/end\"><button>{}</button></form>\n",
                     view.id, ended(view.state) ? words::remove : words::cancel);
}

std::string state_text(const RunView& view) {
  if (!view.message.empty())
    return fmt::format("<div class=\"alarm\"><strong>{}</strong><br>{}</div>\n",
                       html_text(view.message), html_text(view.hint));
  if (ended(view.state)) return {};
  const auto left = view.seconds_left
                        ? fmt::format(", {:.0f} {}", *view.seconds_left, words::seconds_left)
                        : std::string();
  return fmt::format("<p>{}{}</p>\n<progress max=\"1\" value=\"{:.3f}\"></progress>\n",
                     html_text(view.stage), left, view.done) +
         soft(words::refreshes);
}

std::string result_links(const RunView& view) {
  if (!view.report) return {};
  const auto base = fmt::format("/api/runs/{}", view.id);
  std::vector<std::vector<std::string>> rows;
  for (const auto& table : view.tables)
    rows.push_back(
        {link(fmt::format("{}/tables/{}.csv", base, path_text(table.name)), table.name + ".csv"),
         html_text(table.title), whole(table.rows)});
  return fmt::format("<p>{} &middot; {}</p>\n", link(base + "/page", words::open_report),
                     link(base + "/report", words::as_json)) +
         heading(words::tables) + grid({{words::name}, {words::title}, {words::rows, true}}, rows);
}

Answer run_page(const Desk& desk, const Asked& asked) {
  const auto view = desk.runs.view(run_id(asked));
  const auto& title = view.title.empty() ? view.request.analysis : view.title;
  std::string facts = "<dl>\n" + fact(words::state, to_string(view.state)) +
                      fact(words::chain, view.request.chain) +
                      fact(words::question, view.request.analysis) + fact(words::asked, view.asked);
  for (const auto& [name, value] : view.request.parameters)
    facts += fact(html_text(name), value.substr(0, 400));
  return html_answer(title,
                     state_text(view) + result_links(view) + facts + "</dl>\n" + end_button(view),
                     !ended(view.state));
}

Answer go_to(const std::string& place) {
  return {.status = 303, .type = "", .headers = {{"Location", place}}};
}

// Parameters are named p-NAME in the form: one may be called "chain".
Answer ask_by_form(const Desk& desk, const Asked& asked) {
  if (asked.content_type != "application/x-www-form-urlencoded")
    throw Refusal(415, "not_a_form", "this address takes the form of a page");
  RunRequest request{asked.query_value("chain"), asked.query_value("analysis"), {}};
  for (const auto& [name, value] : asked.query)
    if (name.starts_with("p-")) request.parameters[name.substr(2)] = value;
  return go_to(fmt::format("/runs/{}", desk.runs.add(request).id));
}

Answer end_by_form(const Desk& desk, const Asked& asked) {
  const auto id = run_id(asked);
  if (!ended(desk.runs.view(id).state)) {
    (void)desk.runs.cancel(id);
    return go_to(fmt::format("/runs/{}", id));
  }
  desk.runs.remove(id);
  return go_to("/");
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else if (c == '\'')
      safe += "&#39;";
    else
      safe += c;
  }
  return safe;
}

std::string refusal_page(const Refusal& refusal) {
  return html_answer(words::refused,
                     fmt::format("<div class=\"alarm\"><strong>{}</strong><br>{}</div>\n",
                                 html_text(refusal.what()), html_text(refusal.hint())))
      .body;
}

std::vector<Route> page_routes(const Desk& desk) {
  const auto page = [&](const char* method, const char* pattern,
                        Answer (*make)(const Desk&, const Asked&)) {
    return Route{method, pattern, "",
                 "",     "",      [desk, make](const Asked& asked) { return make(desk, asked); }};
  };
  const auto style = [](const Desk&, const Asked&) {
    return Answer{.type = "text/css; charset=utf-8", .body = std::string(page_style)};
  };
  return {page("GET", "/", [](const Desk& d, const Asked&) { return start_page(d); }),
          page("GET", "/style.css", style),
          page("GET", "/chains/{name}", chain_page),
          page("GET", "/analyses/{name}", question_page),
          page("GET", "/runs/{id}", run_page),
          page("POST", "/runs", ask_by_form),
          page("POST", "/runs/{id}/end", end_by_form)};
}

}  // namespace stave

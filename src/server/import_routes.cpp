// Files sent here, and chains made of them.
#include "stave/formats/import.hpp"

#include <fmt/format.h>

#include "server/answers.hpp"
#include "server/chain_import.hpp"

namespace stave {
namespace {

Answer take_upload(const Desk& desk, const Asked& asked) {
  const auto upload =
      desk.uploads.take(asked.query_value("file"), asked.coming,
                        [&](const UploadShelf::Sink& sink) { return asked.receive(sink); });
  return json_answer(upload_json(upload.id, upload.bytes), 201);
}

// The parameters an import is shown with.
Question question_of(const ImportOrder& order, const UploadShelf::Held& files) {
  Question question{order.name, std::string(import_name), {}};
  std::string names;
  for (const auto& file : files)
    names += (names.empty() ? "" : ", ") + file->path().filename().string();
  question.parameters["files"] = names;
  if (!order.format.empty()) question.parameters["format"] = order.format;
  if (order.replace) question.parameters["replace"] = "on";
  return question;
}

Answer start_import(const Desk& desk, const Asked& asked) {
  require_json(asked);
  const auto order = import_order_from_json(asked.body);
  (void)desk.shelf.place_for(order.name, order.replace);
  const auto files = desk.uploads.find(order.uploads);
  const auto together = files.size() > 1 ? desk.uploads.folder() : nullptr;
  // The name is looked up again when the import begins and when it writes: another one may have
  // taken it.
  RunWork work = [order, files, together, &analyses = desk.analyses,
                  &shelf = desk.shelf](Progress& progress) {
    return import_uploads(
        analyses, order, files, together ? together->path() : "",
        [&] { return shelf.place_for(order.name, order.replace); }, progress);
  };
  const auto view = desk.runs.add(question_of(order, files), std::move(work));
  desk.uploads.forget(order.uploads);
  return {.status = 202,
          .body = run_json(view),
          .headers = {{"Location", fmt::format("/api/runs/{}", view.id)}}};
}

}  // namespace

std::vector<Route> import_routes(const Desk& desk) {
  constexpr auto import_example =
      R"({"name": "my-table", "uploads": ["0f3c..."], "format": "", "replace": false})";
  return {{.method = "GET",
           .pattern = "/api/formats",
           .id = "listFormats",
           .summary = "What can be imported",
           .schema = "Formats",
           .answer = [](const Asked&) { return json_answer(formats_json(formats())); }},
          {.method = "POST",
           .pattern = "/api/uploads",
           .id = "uploadFile",
           .summary = "Sends a file to be imported; it is kept for an hour",
           .schema = "Upload",
           .answer = [desk](const Asked& asked) { return take_upload(desk, asked); },
           .statuses = {201},
           .query = {{"file", "the file's name, by which its format may be recognised",
                      "ICIO2023_2020.csv"}},
           .body = Body{.type = "application/octet-stream"},
           .refusals = {400, 403, 408, 411, 413, 503, 507}},
          {.method = "POST",
           .pattern = "/api/imports",
           .id = "startImport",
           .summary = "Makes a chain of files that were sent, as a run",
           .schema = "Run",
           .answer = [desk](const Asked& asked) { return start_import(desk, asked); },
           .statuses = {202},
           .body = Body{.schema = "ImportRequest", .example = import_example},
           .refusals = {400, 403, 404, 409, 413, 415, 503}}};
}

}  // namespace stave

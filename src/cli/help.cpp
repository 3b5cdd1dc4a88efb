#include <algorithm>

#include <fmt/format.h>

#include "cli/command.hpp"

namespace stave {
namespace {

std::string usage(const CLI::App& app) {
  std::string line = app.get_parent() == nullptr ? "stave" : "stave " + app.get_name();
  for (const auto* option : app.get_options())
    if (option->get_positional() || option->get_group().empty()) {
      const auto name = option->get_name(true);
      line += option->get_required() ? " " + name : fmt::format(" [{}]", name);
    }
  if (app.get_parent() == nullptr) line += " COMMAND";
  return line + " [options]";
}

std::string option_line(const CLI::Option& option) {
  auto name = option.get_positional() ? option.get_name(true) : option.get_name(false, true);
  std::replace(name.begin(), name.end(), ',', ' ');
  if (!option.get_positional() && !option.get_type_name().empty())
    name += " " + option.get_type_name();
  auto text = option.get_description();
  if (!option.get_default_str().empty())
    text += fmt::format(" [default: {}]", option.get_default_str());
  if (option.get_required()) text += " (required)";
  return name.size() > 26 ? fmt::format("  {}\n  {:<26}  {}\n", name, "", text)
                          : fmt::format("  {:<26}  {}\n", name, text);
}

std::string option_lines(const CLI::App& app) {
  std::string text;
  for (const auto& group : app.get_groups()) {
    if (group.empty()) continue;
    text += "\n" + (group == "Options" || group == "OPTIONS" ? "Options" : group) + "\n";
    for (const auto* option :
         app.get_options([&](const CLI::Option* o) { return o->get_group() == group; }))
      text += option_line(*option);
  }
  return text;
}

std::string command_lines(const CLI::App& app) {
  std::string text;
  std::vector<std::string> groups;
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const auto* command : commands)
    if (std::find(groups.begin(), groups.end(), command->get_group()) == groups.end())
      groups.push_back(command->get_group());
  for (const auto& group : groups) {
    if (group.empty()) continue;
    text += "\n" + group + "\n";
    for (const auto* command : commands)
      if (command->get_group() == group) {
        const auto& about = command->get_description();
        text +=
            fmt::format("  {:<12} {}\n", command->get_name(), about.substr(0, about.find('\n')));
      }
  }
  return text;
}

}  // namespace

CLI::App& add_command(CLI::App& app, const std::string& group, const std::string& name,
                      const std::string& question, const std::vector<Example>& examples) {
  auto& command = *app.add_subcommand(name, question);
  std::string text;
  for (const auto& example : examples)
    text += fmt::format("  {}\n{}", example.command,
                        example.answers.empty() ? "" : fmt::format("      {}\n", example.answers));
  command.footer(text);
  command.group(group);
  return command;
}

std::string help_text(const CLI::App& app) {
  const auto& examples = app.get_footer();
  return (examples.empty() ? "" : "Examples\n" + examples + "\n") + usage(app) + "\n\n" +
         app.get_description() + "\n" + command_lines(app) + option_lines(app);
}

}  // namespace stave

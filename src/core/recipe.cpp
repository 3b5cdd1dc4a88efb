#include "stave/core/recipe.hpp"

namespace stave {

std::string_view to_string(Need need) {
  switch (need) {
    case Need::none:
      return "none";
    case Need::non_essential:
      return "non_essential";
    case Need::essential:
      break;
  }
  return "essential";
}

Recipe::Recipe(const Classification& products) : uniform_(false) {
  for (const auto& item : products.items()) good_.push_back(item.kind != Kind::service);
}

Recipe Recipe::uniform(Need need) {
  Recipe recipe;
  recipe.uniform_need_ = need;
  return recipe;
}

void Recipe::set(ProductId input, ProductId user, Need need) { exceptions_[{input, user}] = need; }

Need Recipe::need(ProductId input, ProductId user) const {
  if (!exceptions_.empty()) {
    const auto found = exceptions_.find({input, user});
    if (found != exceptions_.end()) return found->second;
  }
  if (uniform_) return uniform_need_;
  return good_[input.at()] && good_[user.at()] ? Need::essential : Need::non_essential;
}

}  // namespace stave

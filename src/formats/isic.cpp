#include "formats/isic.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace stave::reader {
namespace {

struct Industry {
  std::string_view code;    ///< ISIC Rev. 4 divisions, as the OECD writes them
  std::string_view letter;  ///< where the OECD writes the section alone
  std::string_view name;
  std::string_view name_zh;
};

constexpr auto industries = std::to_array<Industry>({
    {"01T02", "", "Agriculture, hunting, forestry", "农业、狩猎和林业"},
    {"01T03", "", "Agriculture, forestry and fishing", "农林渔业"},
    {"01", "", "Agriculture, hunting", "农业和狩猎"},
    {"02", "", "Forestry", "林业"},
    {"03", "", "Fishing and aquaculture", "渔业和水产养殖"},
    {"05", "", "Coal and lignite", "煤炭和褐煤开采"},
    {"05T06", "", "Mining of energy products", "能源矿产开采"},
    {"06", "", "Crude oil and natural gas", "石油和天然气开采"},
    {"07T08", "", "Mining of other products", "非能源矿产开采"},
    {"07", "", "Metal ores", "金属矿开采"},
    {"08", "", "Other mining and quarrying", "其他采矿和采石"},
    {"09", "", "Mining support services", "采矿支持服务"},
    {"10T12", "", "Food, beverages and tobacco", "食品、饮料和烟草"},
    {"13T15", "", "Textiles, apparel, leather", "纺织、服装和皮革"},
    {"16", "", "Wood products", "木材制品"},
    {"17T18", "", "Paper and printing", "造纸和印刷"},
    {"19", "", "Coke and refined petroleum", "焦炭和精炼石油"},
    {"20", "", "Chemicals", "化学品"},
    {"20T21", "", "Chemicals and pharmaceuticals", "化学品和药品"},
    {"21", "", "Pharmaceuticals", "药品"},
    {"22", "", "Rubber and plastics", "橡胶和塑料"},
    {"23", "", "Other non-metallic minerals", "其他非金属矿物制品"},
    {"24", "", "Basic metals", "基本金属"},
    {"24A", "", "Iron and steel", "钢铁"},
    {"24B", "", "Non-ferrous metals", "有色金属"},
    {"25", "", "Fabricated metal products", "金属制品"},
    {"26", "", "Computer, electronic, optical", "计算机、电子和光学产品"},
    {"27", "", "Electrical equipment", "电气设备"},
    {"28", "", "Machinery and equipment", "机械设备"},
    {"29", "", "Motor vehicles", "汽车"},
    {"30", "", "Other transport equipment", "其他运输设备"},
    {"301", "", "Ships and boats", "船舶"},
    {"302T309", "", "Other transport equipment", "其他运输设备"},
    {"31T33", "", "Other manufacturing, repair", "其他制造和修理"},
    {"35", "D", "Electricity, gas, steam", "电力、燃气和蒸汽"},
    {"36T39", "E", "Water, sewage, waste", "水供应、污水和废物处理"},
    {"41T43", "F", "Construction", "建筑业"},
    {"45T47", "G", "Wholesale and retail trade", "批发和零售"},
    {"49", "", "Land transport and pipelines", "陆路和管道运输"},
    {"50", "", "Water transport", "水上运输"},
    {"51", "", "Air transport", "航空运输"},
    {"52", "", "Warehousing, transport support", "仓储和运输支持"},
    {"53", "", "Postal and courier services", "邮政和快递"},
    {"55T56", "I", "Hotels and restaurants", "住宿和餐饮"},
    {"58T60", "", "Publishing and broadcasting", "出版和广播"},
    {"61", "", "Telecommunications", "电信"},
    {"62T63", "", "IT and information services", "信息技术和信息服务"},
    {"64T66", "K", "Finance and insurance", "金融和保险"},
    {"68", "L", "Real estate", "房地产"},
    {"69T75", "M", "Professional, scientific", "专业、科学和技术服务"},
    {"77T82", "N", "Administrative and support", "行政和支持服务"},
    {"84", "O", "Public administration", "公共行政和国防"},
    {"85", "P", "Education", "教育"},
    {"86T88", "Q", "Health and social work", "卫生和社会工作"},
    {"90T93", "R", "Arts and recreation", "艺术和娱乐"},
    {"94T96", "S", "Other services", "其他服务"},
    {"97T98", "T", "Households as employers", "家庭作为雇主"},
});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "A01_02" and "01T02" are one code: no section letter before digits, T between divisions.
std::string plain(std::string_view code) {
  if (code.size() > 1 && !is_digit(code[0]) && is_digit(code[1])) code.remove_prefix(1);
  std::string result(code);
  std::replace(result.begin(), result.end(), '_', 'T');
  return result;
}

std::optional<int> leading_number(std::string_view text) {
  int value = 0;
  const auto digits = text.substr(0, 2);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() && digits.size() == 2
             ? std::optional(value)
             : std::nullopt;
}

Kind kind_of(std::optional<int> division) {
  if (!division) return Kind::unknown;
  return *division <= 40 ? Kind::good : Kind::service;
}

}  // namespace

Item oecd_industry(std::string_view code) {
  const auto wanted = plain(code);
  for (const auto& industry : industries)
    if (wanted == industry.code || (!industry.letter.empty() && code == industry.letter))
      return {std::string(code),
              std::string(industry.name),
              std::string(industry.name_zh),
              {},
              kind_of(leading_number(industry.code))};
  return {std::string(code), std::string(code), {}, {}, kind_of(leading_number(wanted))};
}

Kind kind_by_nace_suffix(std::string_view name) {
  if (!name.ends_with(')')) return Kind::unknown;
  const auto open = name.rfind('(');
  if (open == std::string_view::npos) return Kind::unknown;
  const auto division = leading_number(name.substr(open + 1));
  if (!division) return Kind::unknown;
  return *division < 45 ? Kind::good : Kind::service;
}

}  // namespace stave::reader
